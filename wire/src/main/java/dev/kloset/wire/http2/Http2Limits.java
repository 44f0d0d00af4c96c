package dev.kloset.wire.http2;

/**
 * The bounds of one connection.
 *
 * @param maxConcurrentStreams how many streams the other end may have open
 * @param maxHeaderListBytes the longest header list accepted, counted as RFC 9113 does
 * @param initialStreamWindow how much the other end may send on a new stream
 * @param maxStreamWindow how far that may grow while the application keeps up
 * @param maxWindowMemory how much all streams together may grow
 * @param maxQueuedControlFrames how many reactions may wait for an end that does not read
 * @param maxWriteBytes how much goes into one write
 * @param maxLingerNanos how long payloads that may wait do so at most
 */
public record Http2Limits(int maxConcurrentStreams, int maxHeaderListBytes, int initialStreamWindow,
        int maxStreamWindow, long maxWindowMemory, int maxQueuedControlFrames, int maxWriteBytes,
        long maxLingerNanos) {

    private static final int MAX_CONNECTION_WINDOW = 16 << 20;

    /**
     * The window of the connection. It is refilled as data comes in, read or not, so that a stream that nobody reads stops
     * only itself; it merely has to be larger than what is on its way.
     */
    int connectionWindow() {
        long wanted = 4L * Math.max(initialStreamWindow, maxStreamWindow);
        return Math.clamp(wanted, Frame.DEFAULT_WINDOW, MAX_CONNECTION_WINDOW);
    }

    /** How much may wait to be written before senders have to wait; the more, the less often they and the writer do. */
    int maxPendingBytes() {
        return 8 * Math.max(maxWriteBytes, Frame.MAX_PAYLOAD + Frame.HEADER_BYTES);
    }
}
