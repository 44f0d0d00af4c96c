package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Part;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Ranges of numbers in nine bytes each; a part is made of one when it is asked for. For one thread until the list is made. */
final class AlignedRanges {

    /** Larger numbers would not fit into the names of files. */
    private static final int NUMBER_BITS = 47;

    private long[] starts = new long[64];
    private byte[] shifts = new byte[64];
    private int size;
    private int leastShift = Long.SIZE - 1;

    void add(long start, int shift) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            shifts = Arrays.copyOf(shifts, 2 * size);
        }
        starts[size] = start;
        shifts[size++] = (byte) shift;
        leastShift = Math.min(leastShift, shift);
    }

    /** {@return the parts, in the order of the ranges, of which there is at least one} */
    List<Part> parts(String key) {
        return new Parts(key, Arrays.copyOf(starts, size), Arrays.copyOf(shifts, size), leastShift);
    }

    static String condition(String key, long start, int shift) {
        return key + " BETWEEN " + start + " AND " + (start + (1L << shift) - 1);
    }

    private static final class Parts extends AbstractList<Part> implements RandomAccess {

        private final String key;
        private final long[] starts;
        private final byte[] shifts;
        private final int numberShift;
        private final boolean isByPosition;

        Parts(String key, long[] starts, byte[] shifts, int leastShift) {
            this.key = key;
            this.starts = starts;
            this.shifts = shifts;
            numberShift = leastShift;
            isByPosition = ((starts[starts.length - 1] - starts[0]) >>> leastShift >>> NUMBER_BITS) != 0;
        }

        @Override
        public Part get(int index) {
            long number = isByPosition ? index : (starts[index] - starts[0]) >>> numberShift;
            return new Part(number, condition(key, starts[index], shifts[index]));
        }

        @Override
        public int size() {
            return starts.length;
        }
    }
}
