package dev.kloset.testkit.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message as it is on the wire: numbers and values, without judgement. Independent of the product's codec, which
 * would refuse messages that a check must be able to see.
 */
public final class RawMessage {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final class Field {
        private final int number;
        private final long value;
        private final byte[] bytes;

        Field(int number, long value, byte[] bytes) {
            this.number = number;
            this.value = value;
            this.bytes = bytes;
        }
    }

    private final List<Field> fields = new ArrayList<>();

    private RawMessage() {}

    /** {@return the fields of {@code message}} @throws IOException if it is not a message */
    public static RawMessage parse(ByteBuffer message) throws IOException {
        ByteBuffer in = message.duplicate();
        RawMessage fields = new RawMessage();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            if (number == 0) {
                throw new IOException("a field with the number 0");
            }
            fields.fields.add(field(number, (int) (tag & 7), in));
        }
        return fields;
    }

    static RawMessage parse(byte[] message) throws IOException {
        return parse(ByteBuffer.wrap(message));
    }

    private static Field field(int number, int type, ByteBuffer in) throws IOException {
        return switch (type) {
            case VARINT -> new Field(number, varint(in), new byte[0]);
            case FIXED64 -> new Field(number, 0, take(in, 8, number));
            case FIXED32 -> new Field(number, 0, take(in, 4, number));
            case BYTES -> new Field(number, 0, take(in, varint(in), number));
            default -> throw new IOException("field " + number + " of the wire type " + type);
        };
    }

    private static byte[] take(ByteBuffer in, long length, int number) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("field " + number + " of " + length + " bytes with " + in.remaining() + " left");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (!in.hasRemaining()) {
                throw new IOException("a number that is cut off");
            }
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    boolean has(int number) {
        return fields.stream().anyMatch(field -> field.number == number);
    }

    public long number(int number) {
        return fields.stream()
                .filter(field -> field.number == number)
                .reduce((a, b) -> b)
                .map(field -> field.value)
                .orElse(0L);
    }

    public byte[] bytes(int number) {
        return fields.stream()
                .filter(field -> field.number == number)
                .reduce((a, b) -> b)
                .map(field -> field.bytes)
                .orElse(new byte[0]);
    }

    public List<byte[]> all(int number) {
        return fields.stream().filter(field -> field.number == number).map(field -> field.bytes).toList();
    }

    /** {@return the text; replaces bytes that are not UTF-8} */
    public String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** {@return {@code message} with one more field of every wire type, under numbers that the protocol does not use} */
    public static ByteBuffer withUnknownFields(ByteBuffer message) {
        byte[] known = new byte[message.remaining()];
        message.duplicate().get(known);
        return ByteBuffer.wrap(join(tag(901, VARINT), encoded(77), tag(902, BYTES), encoded(3), new byte[3], known,
                tag(903, FIXED64), new byte[8], tag(904, FIXED32), new byte[4]));
    }

    static byte[] tag(int number, int type) {
        return encoded((long) number << 3 | type);
    }

    static byte[] encoded(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
