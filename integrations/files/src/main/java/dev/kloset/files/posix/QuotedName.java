package dev.kloset.files.posix;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Converts names of any bytes to text and back. A record can contain only UTF-8, a file system any bytes. A byte that is not
 * part of UTF-8 is written as {@code ‛} (U+201B) and two hexadecimal digits: {@code caf‛E9} is {@code café} in Latin-1. A
 * {@code ‛} that could be mistaken for such a sign, or for the first of two, is doubled. All other names stay unchanged, and
 * different names stay different.
 */
public final class QuotedName {

    private static final char QUOTE = '\u201B';
    private static final int DIGITS = 2;
    /** Smaller bytes are UTF-8 in any position. */
    private static final int FIRST_QUOTED = 0x80;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private QuotedName() {}

    /** {@return the text of a name or a path} */
    public static String of(byte[] bytes) {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        String text = utf8(bytes);
        return text == null ? quoted(bytes) : text.indexOf(QUOTE) < 0 ? text : quoted(bytes);
    }

    /** {@return the bytes of the name or path that has this text} */
    public static byte[] bytes(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf(QUOTE) < 0) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length);
        for (int at = 0; at < text.length();) {
            int quoted = quotedByte(text, at);
            int end = at + 1;
            if (quoted >= 0) {
                bytes.write(quoted);
                end = at + 1 + DIGITS;
            } else {
                end = Character.isHighSurrogate(text.charAt(at)) ? Math.min(at + 2, text.length()) : end;
                bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                // The first of two stands for itself; the second was only a marker.
                end += startsQuote(text, at, end) ? 1 : 0;
            }
            at = end;
        }
        return bytes.toByteArray();
    }

    private static boolean startsQuote(String text, int at, int next) {
        return text.charAt(at) == QUOTE && next < text.length() && text.charAt(next) == QUOTE;
    }

    /** {@return the byte quoted at {@code at}, or a negative number} */
    private static int quotedByte(String text, int at) {
        if (text.charAt(at) != QUOTE || at + DIGITS >= text.length()) {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        int value = high << 4 | low;
        return high >= 0 && low >= 0 && value >= FIRST_QUOTED ? value : -1;
    }

    private static int digit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return the quoted text} Works from the end, because the text that follows a sign decides whether it is doubled. */
    private static String quoted(byte[] bytes) {
        StringBuilder reversed = new StringBuilder(bytes.length + 16);
        int end = bytes.length;
        while (end > 0) {
            int start = characterStart(bytes, end);
            if (start == end) {
                reversed.append(new StringBuilder(HEX.toHexDigits(bytes[--end])).reverse()).append(QUOTE);
                continue;
            }
            String character = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            if (character.charAt(0) == QUOTE && isTaken(reversed)) {
                reversed.append(QUOTE);
            }
            reversed.append(new StringBuilder(character).reverse());
            end = start;
        }
        return reversed.reverse().toString();
    }

    /** {@return whether a sign before this text, which is in reverse order, would not stand for itself} */
    private static boolean isTaken(StringBuilder reversed) {
        int length = reversed.length();
        if (length == 0) {
            return false;
        }
        if (reversed.charAt(length - 1) == QUOTE) {
            return true;
        }
        return length >= DIGITS
                && quotedByte("" + QUOTE + reversed.charAt(length - 1) + reversed.charAt(length - 2), 0) >= 0;
    }

    /** {@return the start of the character that ends before {@code end}, or {@code end} if none does} */
    private static int characterStart(byte[] bytes, int end) {
        for (int length = 1; length <= 4 && length <= end; length++) {
            if (utf8(Arrays.copyOfRange(bytes, end - length, end)) != null) {
                return end - length;
            }
        }
        return end;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
