package dev.kloset.cli.shell;

import java.time.Duration;

/** Waits for threads in places that must not throw. */
public final class Threads {

    private Threads() {}

    /** Wait for {@code thread} to end. An interrupt stops the waiting and stays set. */
    public static void join(Thread thread, Duration patience) {
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
