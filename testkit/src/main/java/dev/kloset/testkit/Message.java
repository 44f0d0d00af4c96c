package dev.kloset.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds a protobuf message of any content, also one that the product's codec would refuse to write. */
final class Message {

    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
        if (value != 0) {
            out.writeBytes(Fields.tag(field, VARINT));
            out.writeBytes(Fields.encoded(value));
        }
        return this;
    }

    Message text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Add bytes, also none: the field is there then, and empty. */
    Message bytes(int field, byte[] value) {
        out.writeBytes(Fields.tag(field, BYTES));
        out.writeBytes(Fields.encoded(value.length));
        out.writeBytes(value);
        return this;
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    ByteBuffer encode() {
        return ByteBuffer.wrap(toBytes());
    }
}
