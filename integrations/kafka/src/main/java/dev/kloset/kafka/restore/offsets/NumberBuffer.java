package dev.kloset.kafka.restore.offsets;

import java.util.Arrays;

/** Numbers in few bytes, seven bits in each. For one thread. */
final class NumberBuffer {

    private static final int FIRST_BYTES = 64;
    private static final int LONGEST = 10;

    private byte[] bytes;
    private int at;

    private NumberBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    NumberBuffer() {
        this(new byte[FIRST_BYTES]);
    }

    /** {@return the numbers of {@link #bytes}, to be taken} */
    static NumberBuffer of(byte[] bytes) {
        return new NumberBuffer(bytes);
    }

    void put(long number) {
        if (bytes.length - at < LONGEST) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, at);
    }

    long take() {
        long number = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            number |= (bytes[at++] & 0x7FL) << shift;
            shift += 7;
        }
        return number | (long) bytes[at++] << shift;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }
}
