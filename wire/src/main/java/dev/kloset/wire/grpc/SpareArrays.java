package dev.kloset.wire.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of messages that were read, kept for later messages of any call. For any number of threads. */
final class SpareArrays {

    /** Smaller arrays are not worth keeping: most messages of a short call go into one of them. */
    private static final int MIN_BYTES = 4 * 1024;
    private static final int CLASSES = Integer.SIZE;

    private final long max;
    // guarded by this; by the position of their highest bit, the most recently read first: it is still in the processor's cache
    private final List<ArrayDeque<byte[]>> classes = new ArrayList<>(CLASSES);
    private long kept;

    SpareArrays(long maxBytes) {
        this.max = maxBytes;
        for (int i = 0; i < CLASSES; i++) {
            classes.add(new ArrayDeque<>(0));
        }
    }

    /** {@return an array of {@code bytes} or some more} */
    byte[] take(int bytes) {
        byte[] used = bytes < MIN_BYTES ? null : spare(bytes);
        return used != null ? used : new byte[bytes];
    }

    private synchronized byte @Nullable [] spare(int bytes) {
        byte[] first = of(bytes).peek();
        if (first == null) {
            return null;
        }
        // An array that is too small makes room for the size that is in use now.
        of(bytes).remove();
        kept -= first.length;
        return first.length < bytes ? null : first;
    }

    /** Nothing in {@code read} is needed now. */
    synchronized void keep(byte[] read) {
        if (read.length >= MIN_BYTES && kept + read.length <= max) {
            of(read.length).push(read);
            kept += read.length;
        }
    }

    private ArrayDeque<byte[]> of(int bytes) {
        return classes.get(CLASSES - 1 - Integer.numberOfLeadingZeros(bytes));
    }
}
