package dev.kloset.sdk;

/**
 * Interrupts a thread that may run code of an author. An interrupt runs the close of the channel that the other thread is blocked
 * in, on the thread that interrupts; that close is the author's code as well, and may never return. So a thread interrupts for the
 * one that has to go on.
 */
final class Interruption {

    private Interruption() {}

    /** Interrupt {@code thread} soon. Does not block. */
    static void of(Thread thread) {
        if (thread.isAlive()) {
            Thread.ofPlatform().daemon().name("interrupt " + thread.getName()).start(thread::interrupt);
        }
    }
}
