package dev.kloset.jdbc.dialect.mariadb.rows;

import java.nio.charset.StandardCharsets;

/** Bytes of lines in the form of {@code COPY}. For one thread. */
final class LineBuffer {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_SIZE = 128 << 10;

    /** At each byte the letter that stands for it behind a backslash, or 0. */
    private static final byte[] LETTERS = letters();

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;
    private int taken;

    private static byte[] letters() {
        byte[] letters = new byte[128];
        letters['\b'] = 'b';
        letters['\f'] = 'f';
        letters['\n'] = 'n';
        letters['\r'] = 'r';
        letters['\t'] = 't';
        letters[0x0B] = 'v';
        letters['\\'] = '\\';
        return letters;
    }

    int size() {
        return size - taken;
    }

    void raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void nothing() {
        raw('\\');
        raw('N');
    }

    void text(byte[] value) {
        text(value, value.length);
    }

    void text(byte[] value, int length) {
        reserve(2 * length);
        for (int i = 0; i < length; i++) {
            byte b = value[i];
            byte letter = b < 0 ? 0 : LETTERS[b];
            if (letter != 0) {
                bytes[size++] = '\\';
                bytes[size++] = letter;
            } else {
                bytes[size++] = b;
            }
        }
    }

    void hexPrefix() {
        raw('\\');
        raw('\\');
        raw('x');
    }

    void hex(byte[] value) {
        hex(value, value.length);
    }

    void hex(byte[] value, int length) {
        reserve(2 * length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = DIGITS[(value[i] & 0xF0) >> 4];
            bytes[size++] = DIGITS[value[i] & 0x0F];
        }
    }

    /** Make room, first where bytes were taken: a reader hardly ever takes the last one, and would leave all of them here. */
    private void reserve(int more) {
        if (bytes.length - size >= more) {
            return;
        }
        int left = size();
        byte[] target = left + more <= bytes.length
                ? bytes
                : new byte[Math.max(left + more, bytes.length + bytes.length / 2)];
        System.arraycopy(bytes, taken, target, 0, left);
        bytes = target;
        size = left;
        taken = 0;
    }

    /** Take bytes from the front. */
    int take(byte[] target, int offset, int length) {
        int count = Math.min(length, size());
        System.arraycopy(bytes, taken, target, offset, count);
        taken += count;
        if (taken == size) {
            clear();
        }
        return count;
    }

    private void clear() {
        taken = 0;
        size = 0;
        if (bytes.length > 4 * FIRST_SIZE) {
            bytes = new byte[FIRST_SIZE];
        }
    }
}
