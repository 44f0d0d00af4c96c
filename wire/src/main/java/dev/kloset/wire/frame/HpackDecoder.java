package dev.kloset.wire.frame;

import java.nio.charset.StandardCharsets;

/** Decodes header blocks to header fields: RFC 7541. One per connection, in the order of the wire; not thread-safe. */
public final class HpackDecoder {

    /** The size of the dynamic table until SETTINGS say otherwise; ours never do. */
    public static final int TABLE_BYTES = 4096;

    /** More than any valid index, size or length; keeps the sum far from overflow. */
    private static final int MAX_INTEGER = 1 << 24;

    private final DynamicTable table = new DynamicTable(TABLE_BYTES);
    private final int maxListBytes;
    private byte[] block = new byte[0];
    private int at;
    private int end;

    public HpackDecoder(int maxListBytes) {
        this.maxListBytes = maxListBytes;
    }

    /**
     * Decode one complete block. A list that is longer than allowed is decoded to its end but not kept, because the table must
     * stay in step.
     *
     * @throws ConnectionError if the block is malformed; then the table is out of step for good
     */
    public Headers decode(byte[] bytes, int offset, int length) throws ConnectionError {
        block = bytes;
        at = offset;
        end = offset + length;
        Headers headers = new Headers(maxListBytes);
        boolean mayResize = true;
        while (at < end) {
            int first = block[at] & 0xFF;
            if ((first & 0xE0) == 0x20) {
                resize(mayResize);
            } else {
                mayResize = false;
                field(first, headers);
            }
        }
        return headers;
    }

    private void resize(boolean allowedHere) throws ConnectionError {
        if (!allowedHere) {
            throw error("a table size update after a field");
        }
        int size = integer(5);
        if (!table.resize(size)) {
            throw error("a table of " + size + " bytes, more than the " + TABLE_BYTES + " allowed");
        }
    }

    private void field(int first, Headers headers) throws ConnectionError {
        if ((first & 0x80) != 0) {
            int index = integer(7);
            headers.add(name(index), value(index));
        } else if ((first & 0x40) != 0) {
            String name = literalName(integer(6));
            String value = string();
            table.add(name, value);
            headers.add(name, value);
        } else { // without indexing, or never indexed: the same to an end that forwards nothing
            String name = literalName(integer(4));
            headers.add(name, string());
        }
    }

    private String literalName(int index) throws ConnectionError {
        return index == 0 ? string() : name(index);
    }

    private String name(int index) throws ConnectionError {
        return index <= StaticTable.SIZE ? StaticTable.name(checked(index)) : table.name(age(index));
    }

    private String value(int index) throws ConnectionError {
        return index <= StaticTable.SIZE ? StaticTable.value(checked(index)) : table.value(age(index));
    }

    private static int checked(int index) throws ConnectionError {
        if (index == 0) {
            throw error("index 0");
        }
        return index;
    }

    private int age(int index) throws ConnectionError {
        int age = index - StaticTable.SIZE - 1;
        if (age >= table.size()) {
            throw error("index " + index + ", but the table ends at " + (StaticTable.SIZE + table.size()));
        }
        return age;
    }

    private String string() throws ConnectionError {
        if (at >= end) {
            throw error("a block that ends before a string");
        }
        boolean huffman = (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > end - at) {
            throw error("a string of " + length + " bytes with " + (end - at) + " left");
        }
        int start = at;
        at += length;
        return huffman
                ? Huffman.decode(block, start, length)
                : new String(block, start, length, StandardCharsets.ISO_8859_1);
    }

    /** Read an integer that begins in the low bits of the current byte: RFC 7541, section 5.1. */
    private int integer(int prefixBits) throws ConnectionError {
        int max = (1 << prefixBits) - 1;
        int value = block[at++] & max;
        if (value < max) {
            return value;
        }
        for (int shift = 0;; shift += 7) {
            if (at >= end) {
                throw error("a block that ends inside an integer");
            }
            int next = block[at++] & 0xFF;
            if (shift > 21 || (value += (next & 0x7F) << shift) > MAX_INTEGER) {
                throw error("an integer beyond all limits");
            }
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    private static ConnectionError error(String what) {
        return new ConnectionError(ErrorCode.COMPRESSION_ERROR, "a header block with " + what);
    }
}
