package dev.kloset.wire.frame;

import java.util.Arrays;

/**
 * Frames that wait to be written, end to end in one array. Guarded by the lock of {@code SendQueue}; only the bytes that are
 * being written are read without the lock, and these do not change.
 */
public final class FrameBuffer {

    private static final int START_BYTES = 8 * 1024;

    private final int keepBytes;
    private byte[] bytes = new byte[START_BYTES];
    private int size;
    private int begun; // up to here bytes have been written or are being written
    private int next; // the first frame that has not begun: this one and all after it may still be dropped

    /** Make a buffer that gives its memory back once it is empty after growing beyond {@code keepBytes}. */
    public FrameBuffer(int keepBytes) {
        this.keepBytes = keepBytes;
    }

    public int size() {
        return size;
    }

    public byte[] bytes() {
        return bytes;
    }

    public void clear() {
        size = 0;
        begun = 0;
        next = 0;
        if (bytes.length > keepBytes) {
            bytes = new byte[START_BYTES];
        }
    }

    /** Add what precedes all frames. */
    public void preface(byte[] preface) {
        add(preface, 0, preface.length);
        next = size;
    }

    /** {@return where the next write ends, after {@code maxBytes} at most} It begins where the previous one ended. */
    public int beginWrite(int maxBytes) {
        begun = Math.min(size, begun + maxBytes);
        while (next < begun) {
            next += frameBytes(next);
        }
        return begun;
    }

    /**
     * {@return how many bytes of content it has dropped} Drops the DATA frames of a stream, unless a part of them has been
     * written.
     */
    public int dropData(int stream) {
        int content = 0;
        int kept = next;
        for (int at = next, length; at < size; at += length) {
            length = frameBytes(at);
            if (bytes[at + 3] == Frame.DATA && Frame.int31(bytes, at + 5) == stream) {
                content += length - Frame.HEADER_BYTES;
            } else {
                if (kept < at) {
                    System.arraycopy(bytes, at, bytes, kept, length);
                }
                kept += length;
            }
        }
        size = kept;
        return content;
    }

    private int frameBytes(int at) {
        return Frame.HEADER_BYTES + Frame.int24(bytes, at);
    }

    /** Begin a frame; exactly {@code length} bytes must follow. */
    public void frame(int length, int type, int flags, int stream) {
        room(Frame.HEADER_BYTES + length);
        header(length, type, flags, stream);
        size += Frame.HEADER_BYTES;
    }

    /** Add a whole DATA frame. If {@code payload} fails, nothing is added. */
    public void data(Payload payload, int length, int flags, int stream) {
        room(Frame.HEADER_BYTES + length);
        payload.take(bytes, size + Frame.HEADER_BYTES, length);
        header(length, Frame.DATA, flags, stream);
        size += Frame.HEADER_BYTES + length;
    }

    public void int16(int value) {
        room(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    public void int32(int value) {
        int16(value >>> 16);
        int16(value);
    }

    public void add(byte[] source, int offset, int length) {
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
