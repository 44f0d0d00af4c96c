package dev.kloset.wire.http2;

/**
 * What the other end may send on one stream. It is refilled as the application takes data, and doubled whenever a whole window
 * went through without piling up: then not the application but the window is what holds the sender back.
 */
final class StreamWindow {

    private final WindowBudget budget;
    private final int initial;
    private final int max;
    // guarded by this
    private int size;
    private long available;
    private int waiting;
    private int unannounced;
    private long sinceGrowth;
    private boolean closed;

    StreamWindow(int initial, int max, int tolerance, WindowBudget budget) {
        this.initial = initial;
        this.max = max;
        this.budget = budget;
        this.size = initial;
        this.available = (long) initial + tolerance;
    }

    /** {@return false if the other end has sent more than it may} Called by the reader thread for each DATA frame. */
    synchronized boolean received(int bytes) {
        available -= bytes;
        waiting += bytes;
        return available >= 0;
    }

    /** {@return how much to add to the window of the other end now, mostly 0} Called when the application took data. */
    synchronized int consumed(int bytes) {
        waiting -= bytes;
        unannounced += bytes;
        sinceGrowth += bytes;
        if (closed || unannounced < (size + 1) / 2) {
            return 0;
        }
        int increment = unannounced + growth();
        unannounced = 0;
        available += increment;
        return increment;
    }

    private int growth() {
        if (sinceGrowth < size) {
            return 0;
        }
        sinceGrowth = 0;
        int more = Math.min(size, max - size);
        if (more <= 0 || waiting > size / 4 || !budget.take(more)) {
            return 0;
        }
        size += more;
        return more;
    }

    synchronized int size() {
        return size;
    }

    /** Nothing more will come: what the window had grown is for others now. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(size - initial);
        }
    }
}
