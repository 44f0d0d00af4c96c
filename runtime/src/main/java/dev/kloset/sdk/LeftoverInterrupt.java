package dev.kloset.sdk;

import dev.kloset.wire.grpc.ServerCall;

/**
 * The interrupt status that author code leaves behind on our threads. Interruption is how a cancelled call reaches its thread, so a
 * status without a cancellation means nothing to us: a client library restored it, or a handler did. Left as it is, it would end
 * our next wait, and with it a call that was not cancelled.
 */
final class LeftoverInterrupt {

    private LeftoverInterrupt() {}

    /** Forget it, where author code returns to us. {@return whether there was one} If {@code call} is cancelled it stays. */
    static boolean clear(ServerCall call) {
        return clear(call::isCancelled);
    }

    /** Whether the work of a thread is cancelled. */
    interface Cancellation {
        boolean isThere();
    }

    /** As {@link #clear(ServerCall)}. */
    static boolean clear(Cancellation cancellation) {
        // In this order: a cancellation is noted before it interrupts.
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
