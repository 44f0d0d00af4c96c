package dev.kloset.jdbc.dialect.portable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of lines in the form of {@code COPY}, which are read from the front. For one thread. */
final class CopyText extends ByteArrayOutputStream {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private int at;

    CopyText() {
        super(64 << 10);
    }

    /** Add a text with its control characters and backslashes escaped. */
    void escaped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            int letter = letter(b);
            if (letter != 0) {
                write('\\');
                write(letter);
            } else {
                write(b);
            }
        }
    }

    private static int letter(byte b) {
        return switch (b) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0B -> 'v';
            case '\\' -> '\\';
            default -> 0;
        };
    }

    /** Add what stands before the digits of bytes. */
    void hexadecimal() {
        plain("\\\\x");
    }

    /** Add bytes as digits. */
    void digits(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            write(DIGITS[(bytes[i] >> 4) & 0xF]);
            write(DIGITS[bytes[i] & 0xF]);
        }
    }

    /** Add ASCII text as it is. */
    void plain(String text) {
        writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    int available() {
        return count - at;
    }

    /** {@return how many bytes were taken from the front} */
    int take(byte[] target, int offset, int length) {
        int taken = Math.min(length, available());
        System.arraycopy(buf, at, target, offset, taken);
        at += taken;
        if (at == count) {
            reset();
            at = 0;
        }
        return taken;
    }
}
