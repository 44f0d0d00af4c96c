package dev.kloset.wire.grpc;

/**
 * How much of the heap each part of the SDK may hold, so that everything together, used up to the last byte, leaves room for the
 * code of a connector. Every limit that depends on the heap is derived here. With the 128 MiB that a packaged plugin has by
 * default, of which the JVM reports 121 and 6 do not depend on the load:
 *
 * <table>
 * <caption>Shares</caption>
 * <tr><th>what</th><th>share</th><th>at 128 MiB</th></tr>
 * <tr><td>first windows of all calls</td><td>1/8, but 16 KiB each</td><td>16 MiB, 1,024 calls</td></tr>
 * <tr><td>growth of windows</td><td>1/8</td><td>14 MiB</td></tr>
 * <tr><td>messages larger than their windows</td><td>1/16</td><td>7 MiB</td></tr>
 * <tr><td>arrays kept for the next message</td><td>1/32</td><td>3.6 MiB</td></tr>
 * <tr><td>buffers of contents on their way out</td><td>16 KiB for each call, and 1/8</td><td>16 + 14 MiB</td></tr>
 * <tr><td>contents that are read before the host asks for them</td><td>1/64</td><td>1.8 MiB</td></tr>
 * <tr><td>lists</td><td>one for each 48 MiB, of some 12 MiB at most</td><td>24 MiB</td></tr>
 * </table>
 *
 * <p>A call uses either its window or the buffer of a content. Data that waits in a window may take up to twice its size in
 * arrays.
 */
public final class HeapShares {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** More calls than any host makes at once. */
    private static final int MAX_CALLS = 1024;
    private static final int MIN_CALLS = 64;
    private static final int BYTES_PER_CALL = 112 * KIB;

    /** Classes, threads, frames on their way: what does not depend on the heap. */
    private static final long FIXED_BYTES = 6L * MIB;
    private static final long MIN_SHARED_BYTES = 8L * MIB;

    private static final int MIN_WINDOW = 16 * KIB;
    /** Enough for a sender on the same machine never to wait. */
    private static final int USUAL_WINDOW = 256 * KIB;
    private static final int MAX_WINDOW = 4 * MIB;

    /** The largest list takes 4 MiB as a message and twice that as objects, and its connector needs more to make it. */
    private static final int BYTES_PER_LIST = 48 * MIB;
    private static final int MAX_LISTS = 16;

    private static final HeapShares OF_THIS_PROCESS = new HeapShares(Runtime.getRuntime().maxMemory());

    private final long heap; // what is shared

    HeapShares(long heapBytes) {
        this.heap = Math.max(MIN_SHARED_BYTES, heapBytes - FIXED_BYTES);
    }

    /** {@return the shares of the heap that this process may have} */
    public static HeapShares ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** {@return how many calls the other end may have open; further calls wait there} */
    int calls() {
        return Math.clamp(heap / BYTES_PER_CALL, MIN_CALLS, MAX_CALLS);
    }

    /** {@return how much each call may receive in any case} */
    int window() {
        return Math.clamp(heap / 8 / calls() / KIB * KIB, MIN_WINDOW, USUAL_WINDOW);
    }

    /** {@return how much a call may receive if there is memory} Eight such calls use up the growth of the smallest heap. */
    int usualWindow() {
        return Math.clamp(growth() / 8, window(), USUAL_WINDOW);
    }

    /** {@return how much a call may receive while the application keeps up} */
    int maxWindow() {
        return Math.clamp(heap / 64, usualWindow(), MAX_WINDOW);
    }

    /** {@return how much all windows may grow} */
    long growth() {
        return heap / 8;
    }

    /**
     * {@return how much memory the messages that are larger than their windows may take, where the largest has {@code usual}
     * bytes}
     */
    long messages(long usual) {
        return Math.max(heap / 16, Math.min(heap / 8, usual));
    }

    /** {@return how many bytes of arrays may be kept for the next message} */
    long spares() {
        return heap / 32;
    }

    /** {@return how much memory the buffers of contents may take beyond the first {@link #content} bytes of each} */
    public long contents() {
        return heap / 8;
    }

    /** {@return how much memory the buffer of each content may take in any case} */
    public int content() {
        return MIN_WINDOW;
    }

    /** {@return how many bytes of contents may be in memory before the host asks for them} */
    public long ahead() {
        return heap / 64;
    }

    /** {@return how many lists may be made at once} */
    public int lists() {
        return Math.clamp(heap / BYTES_PER_LIST, 1, MAX_LISTS);
    }
}
