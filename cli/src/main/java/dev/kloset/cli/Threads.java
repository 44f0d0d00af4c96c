package dev.kloset.cli;

import java.time.Duration;

/** Waiting for threads where nothing may be thrown. */
final class Threads {

    private Threads() {}

    /** Wait for the end of {@code thread}; an interrupt ends the waiting and stays set. */
    static void join(Thread thread, Duration patience) {
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
