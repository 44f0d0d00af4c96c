package dev.kloset.sdk.internal.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets a burst of events through and counts the rest, so that a million warnings are not a million lines. For all threads. */
final class LogLimit {

    static final int LINES = 100;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private long windowStart; // guarded by this
    private int passed; // guarded by this
    private long suppressed; // guarded by this

    LogLimit(LongSupplier nanos) {
        this.nanos = nanos;
        this.windowStart = nanos.getAsLong();
    }

    /** {@return whether one more event may be written} */
    synchronized boolean passes() {
        long now = nanos.getAsLong();
        if (now - windowStart >= WINDOW.toNanos()) {
            windowStart = now;
            passed = 0;
        }
        if (passed < LINES) {
            passed++;
            return true;
        }
        suppressed++;
        return false;
    }

    /** {@return how many events it has suppressed since the last call} */
    synchronized long takeSuppressed() {
        long count = suppressed;
        suppressed = 0;
        return count;
    }
}
