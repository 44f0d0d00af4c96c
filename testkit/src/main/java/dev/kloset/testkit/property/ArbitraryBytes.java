package dev.kloset.testkit.property;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A content of any size, generated anew each time it is needed.
 *
 * @param seed of the bytes; 0 for zeros only
 * @param isHollow whether nearly all bytes are zeros, as in a file with holes
 */
public record ArbitraryBytes(int size, long seed, boolean isHollow) {

    private static final int KIB = 1024;
    private static final int ISLAND = 100;
    private static final int SEEDS = 1000;

    /** Sizes at which something changes: pages, chunks, frames, windows, messages. */
    private static final long[] EDGES = { 0, 1, 2, KIB, 4 * KIB, 16 * KIB, 32 * KIB, 64 * KIB, 128 * KIB, 256 * KIB,
        512 * KIB, 1024 * KIB };

    /**
     * {@return a content of at most {@code maxSize} bytes}
     *
     * @param edge one more size at which something changes
     */
    static ArbitraryBytes of(ChoiceSequence sequence, int maxSize, int edge) {
        int size = (int) sequence.below(maxSize + 1L, around(edge));
        return new ArbitraryBytes(size, sequence.below(SEEDS), sequence.oneIn(4));
    }

    private static long[] around(int edge) {
        return LongStream.concat(Arrays.stream(EDGES), LongStream.of(edge))
                .flatMap(size -> LongStream.of(size - 1, size, size + 1))
                .filter(size -> size >= 0)
                .toArray();
    }

    public byte[] bytes() {
        byte[] bytes = new byte[size];
        if (seed == 0 || size == 0) {
            return bytes;
        }
        SplittableRandom random = new SplittableRandom(seed);
        if (isHollow) {
            byte[] island = new byte[Math.min(ISLAND, size)];
            random.nextBytes(island);
            System.arraycopy(island, 0, bytes, random.nextInt(size - island.length + 1), island.length);
        } else {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return size + (size == 1 ? " byte" : " bytes") + (size == 0
                ? ""
                : seed == 0
                        ? " of zeros"
                        : (isHollow ? " nearly all zeros" : "") + " (made from " + seed + ")");
    }
}
