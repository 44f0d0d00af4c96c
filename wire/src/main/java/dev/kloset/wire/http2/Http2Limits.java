package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Frame;

/**
 * The bounds of one connection.
 *
 * @param maxConcurrentStreams how many streams the other end may have open
 * @param maxHeaderListBytes the longest header list accepted, counted as RFC 9113 does
 * @param initialStreamWindow how much the other end may send on a new stream
 * @param usualStreamWindow how far that window grows at once if there is memory
 * @param maxStreamWindow how far it may grow while the application keeps up
 * @param maxWindowMemory how much all streams together may grow
 * @param maxMessageMemory how much they may grow in addition, for messages that do not fit into their windows
 * @param maxQueuedControlFrames how many reactions may wait for an end that does not read
 * @param maxWriteBytes how much goes into one write
 * @param maxLingerNanos the longest wait of payloads that may wait
 */
public record Http2Limits(int maxConcurrentStreams, int maxHeaderListBytes, int initialStreamWindow,
        int usualStreamWindow, int maxStreamWindow, long maxWindowMemory, long maxMessageMemory,
        int maxQueuedControlFrames, int maxWriteBytes,
        long maxLingerNanos) {

    private static final int MAX_CONNECTION_WINDOW = 16 << 20;

    /**
     * The window of the connection. It is refilled as data comes in, whether or not it is read, so that an unread stream stops
     * only itself; the window merely has to be larger than what is on its way.
     */
    int connectionWindow() {
        long wanted = 4L * Math.max(initialStreamWindow, maxStreamWindow);
        return Math.clamp(wanted, Frame.DEFAULT_WINDOW, MAX_CONNECTION_WINDOW);
    }

    /** How much may wait to be written before senders have to wait; the more, the less often the senders and the writer wait. */
    public int maxPendingBytes() {
        return 8 * Math.max(maxWriteBytes, Frame.MAX_PAYLOAD + Frame.HEADER_BYTES);
    }
}
