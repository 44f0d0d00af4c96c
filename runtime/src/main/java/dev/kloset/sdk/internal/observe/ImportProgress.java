package dev.kloset.sdk.internal.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.wire.stdio.HostTerminal;
import dev.kloset.wire.stdio.HostTerminal.Manner;
import dev.kloset.wire.stdio.StandardError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says at a terminal how far an import has come that the host counts no total for: that of an importer with the flag STREAM. For all
 * threads; one of its own writes the lines.
 */
public final class ImportProgress implements AutoCloseable {

    /** {@code off} for none, {@code on} for lines wherever standard error leads. */
    static final String VARIABLE = "KLOSET_PROGRESS";

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** The longer an import takes, the fewer lines a minute say so: each a tenth of the time so far after the last one. */
    private static final int SHARE = 10;

    /** Clear the rest of the line, and go back to its start. */
    private static final String CLEAR = "\u001b[K\r";

    private static final double NANOS = 1e9;
    private static final int UNIT = 1024;

    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Duration pause;
    private final Consumer<String> lines;
    private final long start = System.nanoTime();
    private final boolean isPicture;

    /** @param isPicture whether an empty line clears the one before */
    ImportProgress(Duration pause, boolean isPicture, Consumer<String> lines) {
        this.pause = pause;
        this.isPicture = isPicture;
        this.lines = lines;
    }

    /**
     * {@return the progress of an import that begins; null if no user would read it}
     *
     * @param lines takes lines for the log
     */
    public static @Nullable ImportProgress begin(Map<String, String> environment, Consumer<String> lines) {
        ImportProgress progress = switch (manner(environment.getOrDefault(VARIABLE, ""))) {
            case LINES -> new ImportProgress(PAUSE, false, lines);
            case BELOW_PICTURE -> new ImportProgress(PAUSE, true, ImportProgress::draw);
            case NONE -> null;
        };
        if (progress != null) {
            progress.start();
        }
        return progress;
    }

    private static Manner manner(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "on", "1" -> Manner.LINES;
            case "off", "0" -> Manner.NONE;
            default -> HostTerminal.manner();
        };
    }

    /** Plakar's picture ends in an empty line, on which its cursor rests. The colon stands below those of the picture. */
    private static void draw(String text) {
        StandardError.write((text.isEmpty() ? CLEAR : "\r        plugin: " + text + CLEAR).getBytes(UTF_8));
    }

    void start() {
        Thread.ofPlatform().daemon().name("kloset-progress").start(this::run);
    }

    private void run() {
        try {
            long last = start;
            long lastBytes = 0;
            while (!end.await(pauseAfter(last - start).toNanos(), TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                long sum = bytes.sum();
                lines.accept(line(records.sum(), sum, (sum - lastBytes) / ((now - last) / NANOS)));
                last = now;
                lastBytes = sum;
            }
            if (isPicture && last != start) {
                lines.accept(""); // nothing remains below the picture
            }
        } catch (InterruptedException e) {
            // No code interrupts this thread.
        }
    }

    private Duration pauseAfter(long nanos) {
        Duration share = Duration.ofNanos(nanos / SHARE);
        return isPicture || share.compareTo(pause) < 0
                ? pause
                : share.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : share;
    }

    /** {@return how far it is, for a person} */
    static String line(long records, long bytes, double bytesPerSecond) {
        return String.format(Locale.ROOT, "%,d %s, %s read, %s/s", records, records == 1 ? "record" : "records",
                size((double) bytes), size(bytesPerSecond));
    }

    private static String size(double bytes) {
        double rest = bytes;
        int power = 0;
        while (rest >= UNIT && power < "KMGTPE".length()) {
            rest /= UNIT;
            power++;
        }
        return power == 0
                ? (long) rest + " B"
                : String.format(Locale.ROOT, "%.1f %siB", rest, "KMGTPE".charAt(power - 1));
    }

    /** A record goes to the host. */
    public void record() {
        records.increment();
    }

    /** So many bytes of a content go to the host. */
    public void sent(long count) {
        bytes.add(count);
    }

    /** {@return {@code content}, counted as it is read} */
    public InputStream counted(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                bytes.add(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                bytes.add(Math.max(count, 0));
                return count;
            }
        };
    }

    /** The import has ended. Does not wait for the thread, which may be held up by a terminal that is stopped. */
    @Override
    public void close() {
        end.countDown();
    }
}
