package dev.kloset.wire.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Header fields ready for the wire. They use only the static table and add nothing to the dynamic one, so a block means the same
 * wherever it is sent: it can be made without a lock, kept and sent again.
 */
public final class HeaderBlock {

    /** "The dynamic table has 0 bytes now": RFC 7541, section 6.3. */
    private static final byte[] NO_TABLE = { 0x20 };

    private final byte[] bytes;

    private HeaderBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Builder builder() {
        return new Builder();
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Add HEADERS, and as many CONTINUATIONs as needed. */
    public void append(FrameBuffer buffer, int stream, boolean end, boolean announceNoTable) {
        int length = Math.min(bytes.length, Frame.MAX_PAYLOAD - 1);
        int more = announceNoTable ? 1 : 0;
        int flags = (end ? Frame.END_STREAM : 0) | (length == bytes.length ? Frame.END_HEADERS : 0);
        buffer.frame(length + more, Frame.HEADERS, flags, stream);
        buffer.add(NO_TABLE, 0, more);
        buffer.add(bytes, 0, length);
        for (int at = length; at < bytes.length; at += length) {
            length = Math.min(bytes.length - at, Frame.MAX_PAYLOAD);
            flags = at + length == bytes.length ? Frame.END_HEADERS : 0;
            buffer.frame(length, Frame.CONTINUATION, flags, stream);
            buffer.add(bytes, at, length);
        }
    }

    /** Collects fields; names must be lower case, pseudo-headers first. */
    public static final class Builder {
        private byte[] bytes = new byte[128];
        private int size;

        private Builder() {}

        /** Add a field; characters outside Latin-1 become question marks. */
        public Builder add(String name, String value) {
            int known = StaticTable.find(name, value);
            if (known != 0) {
                integer(0x80, 7, known);
                return this;
            }
            int knownName = StaticTable.find(name);
            integer(0, 4, knownName);
            if (knownName == 0) {
                string(name);
            }
            string(value);
            return this;
        }

        public HeaderBlock build() {
            return new HeaderBlock(Arrays.copyOf(bytes, size));
        }

        private void string(String text) {
            byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
            integer(0, 7, raw.length);
            room(raw.length);
            System.arraycopy(raw, 0, bytes, size, raw.length);
            size += raw.length;
        }

        private void integer(int flags, int prefixBits, int value) {
            room(6);
            int max = (1 << prefixBits) - 1;
            if (value < max) {
                bytes[size++] = (byte) (flags | value);
                return;
            }
            bytes[size++] = (byte) (flags | max);
            int rest = value - max;
            while (rest >= 0x80) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        private void room(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
        }
    }
}
