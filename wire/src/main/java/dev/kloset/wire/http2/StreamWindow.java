package dev.kloset.wire.http2;

import java.util.function.IntConsumer;

/**
 * How much the other end may send on one stream, and therefore how much memory the stream may hold: data that has come counts
 * until the application has finished it. Each stream has a small window of its own. Beyond that it grows while there is memory:
 * <ul>
 * <li>to the usual size at once, when data comes and more will follow;
 * <li>from there by doubling, whenever a whole window went through without piling up: then the window, not the application, is
 * what holds the sender back;
 * <li>by what is missing, while the application waits for a message that is larger than the window. Only this growth has anything
 * waiting for it.
 * </ul>
 */
final class StreamWindow {

    /**
     * How large windows are, in bytes.
     *
     * @param initial what each stream certainly has
     * @param usual what it has if there is memory
     * @param max how much may be on its way at most
     */
    record Sizes(int initial, int usual, int max) {}

    private final Sizes sizes;
    private final WindowBudget budget;
    private final MessageMemory messages;
    private final IntConsumer announce;
    private final int tolerance;
    // guarded by this; available + waiting + unannounced is the size
    private int size;
    private int grown; // taken from the budget
    private int borrowed; // taken from the memory for messages
    private boolean claims; // whether it claims some of that memory
    private long available; // below 0 if the other end did not know our window yet
    private int waiting;
    private int unannounced;
    private long sinceGrowth;
    private boolean closed;

    /**
     * A window of the initial size.
     *
     * @param tolerance how much may come beyond it, already taken from {@code budget}
     * @param announce adds to the window of the other end; called without the lock
     */
    StreamWindow(Sizes sizes, int tolerance, WindowBudget budget, MessageMemory messages, IntConsumer announce) {
        this.sizes = sizes;
        this.budget = budget;
        this.messages = messages;
        this.announce = announce;
        this.size = sizes.initial();
        this.tolerance = tolerance;
        this.grown = tolerance;
        this.available = sizes.initial();
    }

    // ---- for the reader thread

    /** {@return false if the other end has sent more than it may} Called for each DATA frame. */
    synchronized boolean received(int bytes) {
        available -= bytes;
        waiting += bytes;
        return available >= -tolerance;
    }

    /** This many of the bytes that came are padding, which nothing keeps in memory: memory lent for a message stays with it. */
    void padded(int bytes) {
        int increment;
        synchronized (this) {
            waiting -= bytes;
            increment = closed ? 0 : consumed(bytes, bytes);
        }
        announce(increment);
    }

    /** Open the window to its usual size before the other end has to wait. */
    void expectMore() {
        announce(openToUsual());
    }

    private synchronized int openToUsual() {
        int more = sizes.usual() - size;
        if (closed || more <= 0 || available > size / 4 || !budget.take(more)) {
            return 0;
        }
        grow(more);
        return refill();
    }

    // ---- for the application

    /** The application has finished this many bytes. */
    void consumed(int bytes) {
        int back;
        int increment;
        synchronized (this) {
            waiting -= bytes;
            if (closed) {
                back = shrink();
                increment = 0;
            } else {
                back = Math.min(borrowed, bytes);
                borrowed -= back;
                size -= back;
                increment = consumed(bytes, bytes - back);
            }
        }
        messages.giveBack(back);
        announce(increment);
    }

    private int consumed(int bytes, int kept) {
        unannounced += kept;
        sinceGrowth += bytes;
        if (unannounced < (size + 1) / 2) {
            return 0;
        }
        if (sinceGrowth >= size) {
            sinceGrowth = 0;
            growIfHoldingBack();
        }
        return refill();
    }

    private void growIfHoldingBack() {
        int more = Math.min(size, sizes.max() - size);
        if (more > 0 && waiting <= size / 4
                && (size + more <= sizes.usual() ? budget.take(more) : budget.takeOfPlenty(more))) {
            grow(more);
        }
    }

    /** The application waits for a message that lacks this many bytes: let it in. Callers may, and must, repeat this. */
    void admit(int missing) {
        int claim;
        int increment;
        synchronized (this) {
            if (closed || claims || available >= missing) {
                return;
            }
            claim = (int) Math.max(0, missing - available - unannounced);
            if (claim > 0 && size + (long) claim <= sizes.max() && budget.take(claim)) {
                grow(claim);
                claim = 0;
            }
            claims = claim > 0;
            increment = refill();
        }
        announce(increment);
        if (claim > 0) {
            messages.claim(this, claim);
        }
    }

    /** The claimed memory is there. */
    void granted(int bytes) {
        int back;
        int increment;
        synchronized (this) {
            claims = false;
            back = closed ? bytes : 0;
            if (!closed) {
                borrowed += bytes;
                size += bytes;
                unannounced += bytes;
            }
            increment = closed ? 0 : refill();
        }
        messages.giveBack(back);
        announce(increment);
    }

    synchronized int size() {
        return size;
    }

    /** {@return whether a message waits for memory} */
    synchronized boolean waitsForMemory() {
        return claims;
    }

    /** Nothing more will come. What is in memory keeps its share until the application has finished it. */
    void close() {
        close(false);
    }

    /** Nothing more will come, and nothing that came is left in memory. */
    void release() {
        close(true);
    }

    private void close(boolean empty) {
        int back;
        boolean claimed;
        synchronized (this) {
            closed = true;
            claimed = claims;
            claims = false;
            waiting = empty ? 0 : waiting;
            back = shrink();
        }
        if (claimed) {
            messages.withdraw(this);
        }
        messages.giveBack(back);
    }

    // ---- with the lock

    private void grow(int more) {
        size += more;
        grown += more;
        unannounced += more;
    }

    /** {@return how much to add to the window of the other end} */
    private int refill() {
        int increment = (int) Math.max(0, Math.min(unannounced, sizes.max() - available));
        unannounced -= increment;
        available += increment;
        return increment;
    }

    /** {@return how much of the memory for messages to give back} */
    private int shrink() {
        int excess = grown + borrowed - Math.max(0, waiting - sizes.initial());
        if (excess <= 0) {
            return 0;
        }
        int back = Math.min(borrowed, excess);
        int less = Math.min(grown, excess - back);
        borrowed -= back;
        grown -= less;
        budget.giveBack(less);
        return back;
    }

    // ---- without the lock

    private void announce(int increment) {
        if (increment > 0) {
            announce.accept(increment);
        }
    }
}
