package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import java.util.function.LongSupplier;

/**
 * Counts frames that cost work and achieve nothing. The bound is far beyond honest use (a Go client measures the pipe with a PING
 * per round trip) and far below what a flood needs.
 */
public final class FloodGuard {

    public static final int FRAMES_PER_SECOND = 100_000;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private int left = FRAMES_PER_SECOND;
    private long since;

    public FloodGuard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Called by the reader thread only. */
    public void count(String what) throws ConnectionError {
        if (--left >= 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - since < SECOND_NANOS) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM,
                    "more than " + FRAMES_PER_SECOND + " useless frames in a second, the last one " + what);
        }
        since = now;
        left = FRAMES_PER_SECOND - 1;
    }
}
