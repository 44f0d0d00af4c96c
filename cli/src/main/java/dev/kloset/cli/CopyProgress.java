package dev.kloset.cli;

import dev.kloset.cli.copy.CopyCounts;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.StatusLine;
import dev.kloset.cli.shell.Terminal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Redraws one line while a copy runs. */
final class CopyProgress implements AutoCloseable {

    /** Shows nothing. */
    static final CopyProgress NONE = new CopyProgress(StatusLine.NONE, null);

    private static final int BAR_LENGTH = 20;
    private static final double LEAST_SHARE = 0.01;
    private static final Duration LEAST_TIME = Duration.ofSeconds(2);

    private final StatusLine line;
    private final @Nullable SourceCount total;

    private CopyProgress(StatusLine line, @Nullable SourceCount total) {
        this.line = line;
        this.total = total;
    }

    /**
     * Start showing.
     *
     * @param total counts what there is to copy, null if that is unknown; stops together with the line
     */
    static CopyProgress show(Terminal terminal, CopyCounts counts, @Nullable SourceCount total) {
        long start = System.nanoTime();
        return new CopyProgress(StatusLine.show(terminal,
                () -> line(counts, total, Duration.ofNanos(System.nanoTime() - start))), total);
    }

    private static String line(CopyCounts counts, @Nullable SourceCount total, Duration time) {
        Amount all = total == null || !total.isComplete() ? null : new Amount(total.files(), total.bytes());
        return line(new Amount(counts.files(), counts.bytes()), all, counts.errors(), time);
    }

    static String line(Amount done, @Nullable Amount all, long errors, Duration time) {
        String speed = HumanText.bytes((long) (done.bytes() / (time.toNanos() / 1e9))) + "/s";
        String errorPart = errors == 0 ? "" : ", " + HumanText.count(errors, "error", "errors");
        if (all == null) {
            return HumanText.count(done.files(), "file", "files") + ", " + HumanText.bytes(done.bytes()) + ", " + speed
                    + errorPart;
        }
        double share = done.shareOf(all);
        String left = timeLeft(share, time);
        int filled = (int) (share * BAR_LENGTH);
        return String.format(Locale.ROOT, "[%s%s] %3.0f%% %s/%s files, %s of %s, %s%s%s", "#".repeat(filled),
                " ".repeat(BAR_LENGTH - filled), Math.floor(share * 100), HumanText.number(done.files()),
                HumanText.number(all.files()),
                HumanText.bytes(done.bytes()), HumanText.bytes(all.bytes()), speed, left, errorPart);
    }

    /** {@return how long it will go on at this speed} Too early an answer would jump about. */
    private static String timeLeft(double share, Duration time) {
        if (share < LEAST_SHARE || share >= 1 || time.compareTo(LEAST_TIME) < 0) {
            return "";
        }
        double seconds = time.toNanos() / 1e9 * (1 - share) / share;
        return ", " + HumanText.duration(Duration.ofMillis((long) (seconds * 1000))) + " left";
    }

    @Override
    public void close() {
        line.close();
        if (total != null) {
            total.close();
        }
    }

    record Amount(long files, long bytes) {

        // Opening a file takes as long as copying this many bytes; without this, a million empty files would show no progress.
        private static final long BYTES_PER_FILE = 8192;

        /** {@return the share that is done, from 0 to 1, even if the source has grown since it was counted} */
        double shareOf(Amount all) {
            double weight = all.bytes + (double) all.files * BYTES_PER_FILE;
            return weight == 0 ? 0 : Math.min(1, (bytes + (double) files * BYTES_PER_FILE) / weight);
        }
    }
}
