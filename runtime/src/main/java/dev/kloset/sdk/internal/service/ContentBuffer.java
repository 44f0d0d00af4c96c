package dev.kloset.sdk.internal.service;

import dev.kloset.wire.grpc.HeapShares;
import java.util.concurrent.Semaphore;

/**
 * The buffer through which one content is sent. It is as large as pays, if the heap has room for that beside all open contents;
 * otherwise it is small, so that every content makes progress, however many there are.
 */
final class ContentBuffer implements AutoCloseable {

    /** The largest chunk: enough to make the cost of a message vanish. */
    private static final int MAX_BYTES = 256 * 1024;
    private static final int UNIT = 1024;
    private static final int MIN_BYTES = HeapShares.ofThisProcess().content();

    /** What is left for buffers beyond the smallest size, in units. */
    private static final Semaphore LEFT = new Semaphore((int) Math.min(Integer.MAX_VALUE,
            HeapShares.ofThisProcess().contents() / UNIT));

    private byte[] bytes = {};
    private int taken; // units

    /**
     * {@return an array of {@code wanted} bytes, or of as many as there is room for} The content of the previous array is lost.
     */
    byte[] array(long wanted) {
        int most = (int) Math.min(wanted, MAX_BYTES);
        if (bytes.length < most) {
            take(most);
        }
        return bytes;
    }

    private void take(int most) {
        int more = units(most - MIN_BYTES) - taken;
        boolean granted = more <= 0 || LEFT.tryAcquire(more);
        if (granted) {
            taken += Math.max(0, more);
        }
        int size = granted ? most : Math.min(most, MIN_BYTES);
        if (size > bytes.length) {
            bytes = new byte[size];
        }
    }

    private static int units(int bytes) {
        return Math.max(0, Math.ceilDiv(bytes, UNIT));
    }

    @Override
    public void close() {
        LEFT.release(taken);
        taken = 0;
        bytes = new byte[0];
    }
}
