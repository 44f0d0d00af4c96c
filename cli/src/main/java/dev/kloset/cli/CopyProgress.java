package dev.kloset.cli;

import dev.kloset.cli.copy.CopyCounts;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Redraws one line while a copy runs. */
final class CopyProgress implements AutoCloseable {

    /** Shows nothing. */
    static final CopyProgress NONE = new CopyProgress(null, null);

    private static final long MILLIS_BETWEEN = 100;
    private static final int BAR_LENGTH = 20;

    private final @Nullable Thread thread;
    private final @Nullable SourceCount total;

    private CopyProgress(@Nullable Thread thread, @Nullable SourceCount total) {
        this.thread = thread;
        this.total = total;
    }

    /**
     * Start showing.
     *
     * @param total counts what there is to do, or null if that cannot be known; stopped together with the line
     */
    static CopyProgress show(Terminal terminal, CopyCounts counts, @Nullable SourceCount total) {
        long start = System.nanoTime();
        Thread thread = Thread.ofPlatform().daemon().name("copy-progress").start(() -> {
            try {
                while (true) {
                    Thread.sleep(MILLIS_BETWEEN);
                    terminal.status(line(counts, total, Duration.ofNanos(System.nanoTime() - start)));
                }
            } catch (InterruptedException e) {
                terminal.clearStatus();
            }
        });
        return new CopyProgress(thread, total);
    }

    private static String line(CopyCounts counts, @Nullable SourceCount total, Duration time) {
        Amount all = total == null || !total.isComplete() ? null : new Amount(total.files(), total.bytes());
        return line(new Amount(counts.files(), counts.bytes()), all, counts.errors(), time);
    }

    static String line(Amount done, @Nullable Amount all, long errors, Duration time) {
        String speed = Words.bytes((long) (done.bytes() / (time.toNanos() / 1e9))) + "/s";
        String errorPart = errors == 0 ? "" : ", " + Words.count(errors, "error", "errors");
        if (all == null) {
            return Words.count(done.files(), "file", "files") + ", " + Words.bytes(done.bytes()) + ", " + speed
                    + errorPart;
        }
        double share = done.shareOf(all);
        int filled = (int) (share * BAR_LENGTH);
        return String.format(Locale.ROOT, "[%s%s] %3.0f%% %s/%s files, %s of %s, %s%s", "#".repeat(filled),
                " ".repeat(BAR_LENGTH - filled), Math.floor(share * 100), Words.number(done.files()),
                Words.number(all.files()),
                Words.bytes(done.bytes()), Words.bytes(all.bytes()), speed, errorPart);
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
            Threads.join(thread, Duration.ofSeconds(1));
        }
        if (total != null) {
            total.close();
        }
    }

    record Amount(long files, long bytes) {

        // What it takes to open a file, in the time of copying bytes: else a million empty files show no progress.
        private static final long BYTES_PER_FILE = 8192;

        /** {@return from 0 to 1; a source that grew since it was counted does not go beyond} */
        double shareOf(Amount all) {
            double weight = all.bytes + (double) all.files * BYTES_PER_FILE;
            return weight == 0 ? 0 : Math.min(1, (bytes + (double) files * BYTES_PER_FILE) / weight);
        }
    }
}
