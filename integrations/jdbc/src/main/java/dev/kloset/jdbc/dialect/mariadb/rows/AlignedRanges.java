package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Part;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Ranges of numbers in 17 bytes each; a part is made of one when it is asked for. For one thread until the list is made. */
final class AlignedRanges {

    /** Larger numbers would not fit into the names of files. */
    private static final int NUMBER_BITS = 47;

    private long[] starts = new long[64];
    private long[] counts = new long[64];
    private byte[] shifts = new byte[64];
    private int size;
    private int leastShift = Long.SIZE - 1;

    void add(long start, int shift, long rows) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
            shifts = Arrays.copyOf(shifts, 2 * size);
        }
        starts[size] = start;
        counts[size] = rows;
        shifts[size++] = (byte) shift;
        leastShift = Math.min(leastShift, shift);
    }

    /** {@return the parts, in the order of the ranges, of which there is at least one} */
    List<Part> parts(String key) {
        return new Parts(key, Arrays.copyOf(starts, size), Arrays.copyOf(counts, size), Arrays.copyOf(shifts, size),
                leastShift);
    }

    static String condition(String key, long start, int shift) {
        return from(key, start) + " AND " + to(key, start, shift);
    }

    private static String from(String key, long start) {
        return key + " >= " + start;
    }

    private static String to(String key, long start, int shift) {
        return key + " <= " + (start + (1L << shift) - 1);
    }

    private static final class Parts extends AbstractList<Part> implements RandomAccess {

        private final String key;
        private final long[] starts;
        private final long[] counts;
        private final byte[] shifts;
        private final int numberShift;
        private final boolean isByPosition;

        Parts(String key, long[] starts, long[] counts, byte[] shifts, int leastShift) {
            this.key = key;
            this.starts = starts;
            this.counts = counts;
            this.shifts = shifts;
            numberShift = leastShift;
            isByPosition = ((starts[starts.length - 1] - starts[0]) >>> leastShift >>> NUMBER_BITS) != 0;
        }

        @Override
        public Part get(int index) {
            long number = isByPosition ? index : (starts[index] - starts[0]) >>> numberShift;
            return new Part(number, from(key, starts[index]), to(key, starts[index], shifts[index]), counts[index]);
        }

        @Override
        public int size() {
            return starts.length;
        }
    }
}
