package dev.kloset.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** Waits for an event in another process that does not announce it. */
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    static void until(String what, Duration patience, Condition condition) throws IOException {
        until(patience, condition, () -> what);
    }

    /**
     * Ask again and again until {@code condition} holds.
     *
     * @param what a description of the event, evaluated when the time is over
     */
    static void until(Duration patience, Condition condition, Supplier<String> what) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionFailedError("not within " + patience.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
