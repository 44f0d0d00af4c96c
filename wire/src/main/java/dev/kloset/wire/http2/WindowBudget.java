package dev.kloset.wire.http2;

/** How much the windows of all streams together may still grow. */
final class WindowBudget {

    private long left; // guarded by this

    WindowBudget(long bytes) {
        this.left = bytes;
    }

    synchronized boolean take(int bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    synchronized void giveBack(int bytes) {
        left += bytes;
    }
}
