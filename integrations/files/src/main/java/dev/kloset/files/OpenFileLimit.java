package dev.kloset.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How many files this process may have open, and what to do when it has as many: wait, because the others are closed soon, and
 * in the end say which limit it is. For any number of threads.
 */
final class OpenFileLimit {

    /** What the JVM, the package and the pipes to the host have open, with some to spare. */
    private static final int OTHERS = 40;
    private static final int LEAST = 4;
    private static final int USUAL = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final class Holder {
        private static final int FILES = read();
    }

    private OpenFileLimit() {}

    /** {@return how many files may be open at once} */
    static int files() {
        return Holder.FILES;
    }

    /** {@return how many of them one part of a connector may keep open for long} */
    static int share() {
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
            // Not Linux, or without /proc: assume what is usual.
        }
        return USUAL;
    }

    /** Opens something. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws IOException;
    }

    /** {@return what {@code opening} opens} While no more files may be open it is tried again, for some seconds. */
    static <T> T retrying(Opening<T> opening) throws IOException {
        long end = 0;
        while (true) {
            try {
                return opening.open();
            } catch (Errno.TooManyOpenFiles e) {
                long now = System.nanoTime();
                end = end == 0 ? now + PATIENCE.toNanos() : end;
                if (now - end >= 0 || Thread.currentThread().isInterrupted()) {
                    throw new FileSystemException(e.getFile(), null,
                            e.getReason() + ": this process may open " + files()
                                    + " at once (ulimit -n)");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
