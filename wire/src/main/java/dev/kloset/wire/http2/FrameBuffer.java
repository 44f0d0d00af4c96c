package dev.kloset.wire.http2;

import java.util.Arrays;

/** Frames that wait to be written, end to end in one array. Guarded by the lock of {@link Outbound}. */
final class FrameBuffer {

    private static final int START_BYTES = 8 * 1024;

    private final int keepBytes;
    private byte[] bytes = new byte[START_BYTES];
    private int size;

    /** A buffer that gives memory back when it has grown beyond {@code keepBytes} and is emptied. */
    FrameBuffer(int keepBytes) {
        this.keepBytes = keepBytes;
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
        if (bytes.length > keepBytes) {
            bytes = new byte[START_BYTES];
        }
    }

    /** Begin a frame; exactly {@code length} bytes must follow. */
    void frame(int length, int type, int flags, int stream) {
        room(Frame.HEADER_BYTES + length);
        header(length, type, flags, stream);
        size += Frame.HEADER_BYTES;
    }

    /** Add a whole DATA frame. If {@code payload} fails, nothing was added. */
    void data(Payload payload, int length, int flags, int stream) {
        room(Frame.HEADER_BYTES + length);
        payload.take(bytes, size + Frame.HEADER_BYTES, length);
        header(length, Frame.DATA, flags, stream);
        size += Frame.HEADER_BYTES + length;
    }

    void int16(int value) {
        room(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    void int32(int value) {
        int16(value >>> 16);
        int16(value);
    }

    void add(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void header(int length, int type, int flags, int stream) {
        int at = size;
        bytes[at] = (byte) (length >> 16);
        bytes[at + 1] = (byte) (length >> 8);
        bytes[at + 2] = (byte) length;
        bytes[at + 3] = (byte) type;
        bytes[at + 4] = (byte) flags;
        bytes[at + 5] = (byte) (stream >> 24);
        bytes[at + 6] = (byte) (stream >> 16);
        bytes[at + 7] = (byte) (stream >> 8);
        bytes[at + 8] = (byte) stream;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
