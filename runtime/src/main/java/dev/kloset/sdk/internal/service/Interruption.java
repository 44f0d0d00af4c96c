package dev.kloset.sdk.internal.service;

/**
 * Interrupts a thread that may run an author's code. If that thread is blocked in a channel, the interrupt closes the channel on
 * the interrupting thread; that close is the author's code as well, and may never return. So a separate thread interrupts on
 * behalf of a thread that has to go on.
 */
public final class Interruption {

    private Interruption() {}

    /** Interrupt {@code thread} soon. Does not block. */
    public static void of(Thread thread) {
        if (thread.isAlive()) {
            Thread.ofPlatform().daemon().name("interrupt " + thread.getName()).start(thread::interrupt);
        }
    }
}
