package dev.kloset.testkit.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds a protobuf message with any content, including messages that the product's codec would refuse to write. */
public final class RawMessageBuilder {

    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public RawMessageBuilder number(int field, long value) {
        if (value != 0) {
            out.writeBytes(RawMessage.tag(field, VARINT));
            out.writeBytes(RawMessage.encoded(value));
        }
        return this;
    }

    public RawMessageBuilder text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Add bytes. Without bytes, the field is present and empty. */
    public RawMessageBuilder bytes(int field, byte[] value) {
        out.writeBytes(RawMessage.tag(field, BYTES));
        out.writeBytes(RawMessage.encoded(value.length));
        out.writeBytes(value);
        return this;
    }

    public RawMessageBuilder message(int field, RawMessageBuilder value) {
        return bytes(field, value.toBytes());
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    public ByteBuffer encode() {
        return ByteBuffer.wrap(toBytes());
    }
}
