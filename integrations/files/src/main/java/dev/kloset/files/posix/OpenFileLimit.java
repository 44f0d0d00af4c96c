package dev.kloset.files.posix;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How many files this process may have open, and what to do at that limit: wait, because other files are closed soon, and
 * finally report which limit it is. Safe for any number of threads.
 */
public final class OpenFileLimit {

    /** The number of files that the JVM, the package and the pipes to the host have open, with some to spare. */
    private static final int OTHERS = 40;
    private static final int LEAST = 4;
    private static final int USUAL = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Waiting WAITING = new Waiting(System::nanoTime, LockSupport::parkNanos);

    private static final class Holder {
        private static final int FILES = read();
    }

    private OpenFileLimit() {}

    /** {@return how many files may be open at once} */
    static int files() {
        return Holder.FILES;
    }

    /** {@return how many of them one part of a connector may keep open for a long time} */
    public static int share() {
        return Math.max(LEAST, (files() - OTHERS) / 4);
    }

    private static int read() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String soft = line.substring("Max open files".length()).strip().split(" ", 2)[0];
                    return soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or no /proc: assume the usual limit.
        }
        return USUAL;
    }

    /** Opens a file. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** {@return what {@code opening} opens} While no more files may be open, it retries for some seconds. */
    public static <T> T retrying(Opening<T> opening) throws IOException {
        return WAITING.retrying(opening);
    }

    /**
     * Waits until others close their files. They may never do so: each wait in vain makes the next one half as long, and one that was not in
     * vain makes them as long as before.
     */
    static final class Waiting {
        private static final int MOST_HALVES = 10;

        private final LongSupplier nanos;
        private final LongConsumer pause;
        private final AtomicInteger inVain = new AtomicInteger();

        Waiting(LongSupplier nanos, LongConsumer pause) {
            this.nanos = nanos;
            this.pause = pause;
        }

        <T> T retrying(Opening<T> opening) throws IOException {
            long end = 0;
            while (true) {
                try {
                    T opened = opening.open();
                    if (end != 0) {
                        inVain.set(0);
                    }
                    return opened;
                } catch (Errno.TooManyOpenFiles e) {
                    long now = nanos.getAsLong();
                    end = end == 0 ? now + (PATIENCE.toNanos() >> Math.min(inVain.get(), MOST_HALVES)) : end;
                    if (now - end >= 0 || Thread.currentThread().isInterrupted()) {
                        inVain.incrementAndGet();
                        throw new FileSystemException(e.getFile(), null, e.getReason() + ": this process may open "
                                + files() + " at once (ulimit -n)");
                    }
                    pause.accept(PAUSE.toNanos());
                }
            }
        }
    }
}
