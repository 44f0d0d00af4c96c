package dev.kloset.wire.protobuf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the protobuf encoding of one message from the array under a heap buffer. Leaves the buffer itself as it is. Allocates
 * nothing for a claimed length before it knows that this many bytes are there.
 *
 * <p>As strict as Go's decoder: it refuses numbers of more than 64 bits, field numbers that do not exist and lengths beyond the
 * message, where protobuf-java truncates them.
 */
public final class ProtoReader {

    public static final int VARINT = 0;
    static final int FIXED64 = 1;
    public static final int BYTES = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int WIRE_TYPE = 7;
    private static final long MAX_TAG = 0xFFFF_FFFFL; // 29 bits of field number, 3 of wire type
    private static final int MAX_GROUP_DEPTH = 100; // as protobuf-java: groups are skipped by recursion
    private static final char REPLACEMENT = '\uFFFD';

    private final MessageNames names;
    private final byte[] bytes;
    private final int limit;
    private int position;
    private int tag;

    public ProtoReader(ByteBuffer message, MessageNames names) {
        this(message.array(), message.arrayOffset() + message.position(), message.remaining(), names);
    }

    private ProtoReader(byte[] bytes, int position, int length, MessageNames names) {
        this.names = names;
        this.bytes = bytes;
        this.position = position;
        this.limit = position + length;
    }

    /** {@return field number and wire type of the next field, or 0 at the end of the message} */
    public int nextTag() throws MalformedMessageException {
        tag = 0;
        if (position < limit) {
            tag = readTag();
        }
        return tag;
    }

    private int readTag() throws MalformedMessageException {
        long number = varint();
        if (number < 1 << 3 || number > MAX_TAG) {
            throw fault("has a field number outside the range 1 to 536870911");
        }
        return (int) number;
    }

    public long varint() throws MalformedMessageException {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        return longVarint();
    }

    private long longVarint() throws MalformedMessageException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == limit) {
                throw fault("ends in the middle of a number");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0 && (shift < 63 || next == 1 || next == 0)) {
                return value;
            }
        }
        throw fault("has a number of more than 64 bits");
    }

    /** {@return a 32 bit number, signed or unsigned} Drops higher bits, as every protobuf decoder does. */
    public int int32() throws MalformedMessageException {
        return (int) varint();
    }

    public boolean bool() throws MalformedMessageException {
        return varint() != 0;
    }

    public String string() throws MalformedMessageException {
        int length = length();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        // Bad bytes become this character; text without it needs no second look, and ASCII text cannot contain it.
        if (text.indexOf(REPLACEMENT) >= 0) {
            text = strictString(length);
        }
        position += length;
        return text;
    }

    private String strictString(int length) throws MalformedMessageException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
            return text.toString();
        } catch (CharacterCodingException _) {
            throw fault("is not valid UTF-8");
        }
    }

    /** {@return a view of the bytes of this field} */
    public ByteBuffer slice() throws MalformedMessageException {
        int length = length();
        ByteBuffer slice = ByteBuffer.wrap(bytes, position, length).slice();
        position += length;
        return slice;
    }

    /** {@return a copy of the bytes of this field} */
    public byte[] bytes() throws MalformedMessageException {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, position, copy, 0, length);
        position += length;
        return copy;
    }

    /** {@return a reader for the message in this field; this reader continues after it} */
    public ProtoReader message(MessageNames nested) throws MalformedMessageException {
        int length = length();
        ProtoReader reader = new ProtoReader(bytes, position, length, nested);
        position += length;
        return reader;
    }

    private int length() throws MalformedMessageException {
        long length = varint();
        int left = limit - position;
        if (length < 0 || length > left) {
            throw fault("claims " + Long.toUnsignedString(length) + " bytes, but only " + left + " are left");
        }
        return (int) length;
    }

    /** Skip the value of a field that this version does not know, or that has the wrong type. */
    public void skip() throws MalformedMessageException {
        skip(tag, 0);
    }

    private void skip(int unknown, int depth) throws MalformedMessageException {
        switch (unknown & WIRE_TYPE) {
            case VARINT -> varint();
            case FIXED64 -> skipBytes(Long.BYTES);
            case BYTES -> skipBytes(length());
            case START_GROUP -> skipGroup(unknown >>> 3, depth + 1);
            case END_GROUP -> throw fault("ends a group that never began");
            case FIXED32 -> skipBytes(Integer.BYTES);
            default -> throw fault("has a wire type that does not exist: " + (unknown & WIRE_TYPE));
        }
    }

    private void skipGroup(int number, int depth) throws MalformedMessageException {
        if (depth > MAX_GROUP_DEPTH) {
            throw fault("has groups nested more than " + MAX_GROUP_DEPTH + " deep");
        }
        int end = number << 3 | END_GROUP;
        while (position < limit) {
            int inner = readTag();
            if (inner == end) {
                return;
            }
            skip(inner, depth);
        }
        throw fault("has a group without an end");
    }

    private void skipBytes(int count) throws MalformedMessageException {
        if (count > limit - position) {
            throw fault("ends in the middle of a value");
        }
        position += count;
    }

    /** {@return an exception that blames the current field} */
    MalformedMessageException fault(String what) {
        return new MalformedMessageException("cannot read " + names.field(tag >>> 3) + ": it " + what);
    }
}
