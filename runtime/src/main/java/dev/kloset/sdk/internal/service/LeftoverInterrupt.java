package dev.kloset.sdk.internal.service;

import dev.kloset.wire.grpc.ServerCall;

/**
 * The interrupt status that author code leaves behind on our threads. Interruption is how a cancelled call reaches its thread, so
 * a status without a cancellation means nothing to us: a client library restored it, or a handler did. If it stayed, it would end
 * our next wait, and with that wait a call that was not cancelled.
 */
final class LeftoverInterrupt {

    private LeftoverInterrupt() {}

    /**
     * Clear it where author code returns to us. If {@code call} is cancelled it stays.
     *
     * @return whether there was one
     */
    static boolean clear(ServerCall call) {
        return clear(call::isCancelled);
    }

    /** Says whether the work of a thread is cancelled. */
    interface Cancellation {
        boolean isThere();
    }

    /** As {@link #clear(ServerCall)}. */
    static boolean clear(Cancellation cancellation) {
        // In this order: a cancellation is recorded before it interrupts.
        if (!Thread.interrupted()) {
            return false;
        }
        if (cancellation.isThere()) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }
}
