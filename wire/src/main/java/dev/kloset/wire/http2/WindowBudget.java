package dev.kloset.wire.http2;

/** How much the windows of all streams together may still grow. */
final class WindowBudget {

    private final long half;
    private long left; // guarded by this

    WindowBudget(long bytes) {
        this.half = bytes / 2;
        this.left = bytes;
    }

    synchronized boolean take(int bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** As {@link #take}, but only from the half that is not reserved for others. */
    synchronized boolean takeOfPlenty(int bytes) {
        return bytes <= left - half && take(bytes);
    }

    /** Take what cannot be refused; nothing grows until it has come back. */
    synchronized void charge(int bytes) {
        left -= bytes;
    }

    synchronized void giveBack(int bytes) {
        left += bytes;
    }
}
