package dev.kloset.kafka.layout;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Takes numbers and arrays out of a stream, with a checksum of all that was taken. For one thread. */
final class CheckedBytes {

    private static final int BUFFER_BYTES = 64 * 1024;
    /** An array up to this length is made at once; a longer one grows with the bytes that come. */
    private static final int TRUSTED_BYTES = 1 << 20;
    private static final int LAST_SHIFT = 63;

    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private int summed; // up to here the buffer is part of the checksum

    CheckedBytes(InputStream in) {
        this.in = in;
    }

    /** {@return the next byte, from 0 to 255} */
    int one() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException("the file ends in the middle");
        }
        return buffer[at++] & 0xFF;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            int one = one();
            value |= (long) (one & 0x7F) << shift;
            if (one < 0x80) {
                return value;
            }
        }
        throw new IOException("a number is too long");
    }

    long fixedLong() throws IOException {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | one();
        }
        return value;
    }

    /** {@return the next bytes} Takes at most twice the memory of what has come. */
    byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, TRUSTED_BYTES)];
        int filled = 0;
        while (true) {
            take(bytes, filled);
            if (bytes.length == length) {
                return bytes;
            }
            filled = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
        }
    }

    private void take(byte[] bytes, int from) throws IOException {
        int filled = from;
        while (filled < bytes.length) {
            if (at == end && !fill()) {
                throw new EOFException("the file ends in the middle");
            }
            int count = Math.min(bytes.length - filled, end - at);
            System.arraycopy(buffer, at, bytes, filled, count);
            at += count;
            filled += count;
        }
    }

    /** Take a checksum, which must be that of all bytes before it. */
    void check(String what) throws IOException {
        sum();
        int expected = (int) checksum.getValue();
        int found = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            found = found << Byte.SIZE | one();
        }
        if (found != expected) {
            throw new IOException("the checksum of " + what + " is wrong: the file was changed or damaged");
        }
    }

    boolean isAtEnd() throws IOException {
        return at == end && !fill();
    }

    private boolean fill() throws IOException {
        sum();
        at = 0;
        summed = 0;
        end = 0;
        int count = in.read(buffer, 0, buffer.length);
        end = Math.max(count, 0);
        return count > 0;
    }

    private void sum() {
        checksum.update(buffer, summed, at - summed);
        summed = at;
    }
}
