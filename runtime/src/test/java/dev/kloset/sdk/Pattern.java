package dev.kloset.sdk;

import dev.kloset.ObjectMac;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The bytes of object number {@code n}, which both ends know without storing them. */
final class Pattern extends InputStream {

    private final int number;
    private final long size;
    private long position;

    Pattern(int number, long size) {
        this.number = number;
        this.size = size;
    }

    static ObjectMac mac(int number) {
        return ObjectMac.of(ByteBuffer.allocate(ObjectMac.BYTES).putInt(number).array());
    }

    static int number(ObjectMac mac) {
        return ByteBuffer.wrap(mac.bytes()).getInt();
    }

    private byte at(long index) {
        return (byte) (number * 31L + index + (index >> 8) * 7 + (index >> 16) * 13);
    }

    @Override
    public int read() {
        return position == size ? -1 : at(position++) & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int count = (int) Math.min(length, size - position);
        for (int i = 0; i < count; i++) {
            buffer[offset + i] = at(position + i);
        }
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    /** {@return whether these are the next bytes} */
    boolean continuesWith(byte[] bytes, int offset, int length) {
        if (length > size - position) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != at(position + i)) {
                return false;
            }
        }
        position += length;
        return true;
    }

    /** {@return whether these are the next bytes} */
    boolean continuesWith(ByteBuffer bytes) {
        return continuesWith(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    boolean isComplete() {
        return position == size;
    }
}
