package dev.kloset.wire.protobuf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the protobuf encoding of one message into a growing array. A nested length is patched in when its end is known: most
 * lengths fit the one byte that is kept free, the few longer ones move their content by a byte or two, and nothing is measured or
 * allocated beforehand.
 */
public final class ProtoWriter {

    private static final int MAX_VARINT = 10;
    private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int size;

    /** Make a writer that need not grow for a message of {@code capacity} bytes. */
    public ProtoWriter(int capacity) {
        bytes = new byte[Math.addExact(capacity, 2 * MAX_VARINT)]; // tags and lengths are reserved at their longest
    }

    /** {@return everything written; the writer must not be used after that} */
    public ByteBuffer finish() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Write a number unless it is 0, the default. */
    public void varint(int tag, long value) {
        if (value != 0) {
            reserve(2 * MAX_VARINT);
            rawVarint(tag);
            rawVarint(value);
        }
    }

    /** Write a 32 bit number as unsigned: sign extension would make it ten bytes and another number. */
    public void uint32(int tag, int value) {
        varint(tag, Integer.toUnsignedLong(value));
    }

    public void bool(int tag, boolean value) {
        varint(tag, value ? 1 : 0);
    }

    /**
     * Write a text unless it is empty, the default.
     *
     * @throws IllegalArgumentException if it is not valid Unicode: the other side would give up the whole stream
     */
    public void string(MessageNames names, int tag, String value) {
        if (!value.isEmpty()) {
            element(names, tag, value);
        }
    }

    /** Write one text of a repeated field, where an empty one counts as well. */
    public void element(MessageNames names, int tag, String value) {
        int mark = open(tag);
        int ascii = ascii(value);
        if (ascii < value.length() && !utf8(value, ascii)) {
            throw new IllegalArgumentException(names.field(tag >>> 3) + " is not valid Unicode");
        }
        close(mark);
    }

    /** Write bytes unless there are none, the default. */
    public void bytes(int tag, byte[] value) {
        if (value.length > 0) {
            presentBytes(tag, ByteBuffer.wrap(value));
        }
    }

    /** Write bytes even if there are none: in a oneof and in a repeated field that is not the same as nothing. */
    public void presentBytes(int tag, ByteBuffer value) {
        int length = value.remaining();
        head(tag, length);
        reserve(length);
        value.get(value.position(), bytes, size, length);
        size += length;
    }

    /** Write what precedes {@code length} bytes that the caller appends. */
    public void head(int tag, int length) {
        reserve(2 * MAX_VARINT);
        rawVarint(tag);
        rawVarint(length);
    }

    /** {@return a mark for {@link #close}} Until then everything goes into a message in this field. */
    public int open(int tag) {
        reserve(MAX_VARINT + 1);
        rawVarint(tag);
        return ++size;
    }

    public void close(int mark) {
        int length = size - mark;
        int shift = lengthBytes(length) - 1;
        if (shift > 0) {
            reserve(shift);
            System.arraycopy(bytes, mark, bytes, mark + shift, length);
        }
        size = mark - 1;
        rawVarint(length);
        size += length;
    }

    private static int lengthBytes(int length) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(length | 1) + 6) / 7;
    }

    private void rawVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** {@return how many characters from the start were ASCII and have been written} */
    private int ascii(String text) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int at = size;
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                break;
            }
            target[at + i] = (byte) c;
        }
        size += i;
        return i;
    }

    /** {@return false at a surrogate without its partner} */
    private boolean utf8(String text, int from) {
        int length = text.length();
        reserve(3L * (length - from)); // a pair of two characters takes four bytes
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                character(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                pair(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                return false;
            }
        }
        return true;
    }

    private void character(char c) {
        if (c < 0x80) {
            bytes[size++] = (byte) c;
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
        } else {
            bytes[size++] = (byte) (0xE0 | c >> 12);
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
        }
    }

    private void pair(int codePoint) {
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3F);
    }

    private void reserve(long more) {
        if (more > bytes.length - size) {
            long needed = size + more;
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, Math.min(2L * bytes.length, MAX_ARRAY))));
        }
    }
}
