package dev.kloset.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The encodings of one character in texts that were made from other texts: with percent signs, as in JSON or Java, as bytes in
 * Python or Go, as in HTML, as a question mark where the character set lacks it, or as Latin-1 where the bytes were UTF-8.
 */
final class EncodedCharacter {

    /** The result of {@link #end} if there is no encoding of the character. */
    static final int NONE = -1;

    private static final String[] ENTITIES = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
    private static final String OF_ENTITIES = "&<>\"'";
    private static final String ESCAPES = "nrtbf";
    private static final String OF_ESCAPES = "\n\r\t\b\f";
    private static final int HEX = 16;
    /** Four bytes as in Python. */
    private static final int LONGEST = 16;
    /** Below it, Latin-1 has the control characters C1. */
    private static final int FIRST_LATIN = 0xA0;

    private EncodedCharacter() {}

    /** {@return whether an encoding of another character may begin with {@code c}} */
    static boolean mayBegin(char c) {
        return c == '%' || c == '\\' || c == '&' || c == '+' || c == '?' || c > 0x7F;
    }

    /** {@return the end of the encoded form of {@code wanted} that begins at {@code at}, or {@link #NONE}} */
    static int end(String text, int at, int wanted) {
        return switch (text.charAt(at)) {
            case '%' -> percent(text, at, wanted);
            case '\\' -> escaped(text, at, wanted);
            case '&' -> entity(text, at, wanted);
            case '+' -> wanted == ' ' ? at + 1 : NONE;
            case '?', '\uFFFD' -> wanted > 0x7F ? at + 1 : NONE;
            default -> wanted > 0x7F ? latin(text, at, wanted) : NONE;
        };
    }

    /**
     * {@return the character whose encoding begins at {@code at}, if it is ASCII; a larger one if it is not, or if that is
     * uncertain; or {@link #NONE}}
     */
    static int encodedAt(String text, int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return switch (text.charAt(at)) {
            case '%' -> hex(text, at + 1, 2);
            case '\\' -> next == 'u' ? hex(text, at + 2, 4) : next == 'x' ? byteAt(text, at) : next;
            case '&' -> next == '#' ? number(text, at + 2) : named(text, at);
            case '?', '\uFFFD' -> Character.MAX_VALUE;
            default -> NONE;
        };
    }

    /** {@return whether {@code text} from {@code at} to {@code end} is the beginning of an encoded form of {@code wanted}} */
    static boolean isBegun(String text, int at, int end, int wanted) {
        if (end > at && end - at < LONGEST) {
            for (String form : forms(wanted)) {
                if (text.regionMatches(true, at, form, 0, end - at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> forms(int wanted) {
        StringBuilder percent = new StringBuilder();
        StringBuilder latin = new StringBuilder();
        StringBuilder sentence = new StringBuilder();
        for (byte one : utf8(wanted)) {
            percent.append('%').append(HexFormat.of().toHexDigits(one));
            latin.append((char) (one & 0xFF));
            if (!isControl(one)) {
                sentence.append((char) (one & 0xFF));
            } else if (sentence.isEmpty() || sentence.charAt(sentence.length() - 1) != ' ') {
                sentence.append(' ');
            }
        }
        StringBuilder bytes = new StringBuilder();
        for (byte one : utf8(wanted)) {
            bytes.append("\\x").append(HexFormat.of().toHexDigits(one));
        }
        StringBuilder escaped = new StringBuilder();
        for (char one : Character.toChars(wanted)) {
            escaped.append("\\u").append(HexFormat.of().toHexDigits(one));
        }
        int entity = OF_ENTITIES.indexOf(wanted);
        return List.of(percent.toString(), latin.toString(), sentence.toString(), escaped.toString(), bytes.toString(),
                "\\ ",
                "&#" + wanted + ";", "&#x" + Integer.toHexString(wanted) + ";", entity < 0 ? "" : ENTITIES[entity]);
    }

    /** As Python, Go and C write bytes; a letter after a needless backslash stands for itself. */
    private static int byteAt(String text, int at) {
        int value = hex(text, at + 2, 2);
        return value < 0 ? 'x' : value;
    }

    private static int number(String text, int from) {
        boolean hexadecimal = text.regionMatches(true, from, "x", 0, 1);
        int value = 0;
        for (int i = hexadecimal ? from + 1 : from; i < text.length() && text.charAt(i) != ';'; i++) {
            int digit = Character.digit(text.charAt(i), hexadecimal ? HEX : 10);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return NONE;
            }
            value = value * (hexadecimal ? HEX : 10) + digit;
        }
        return value;
    }

    private static int named(String text, int at) {
        for (int i = 0; i < ENTITIES.length; i++) {
            if (text.startsWith(ENTITIES[i], at)) {
                return OF_ENTITIES.charAt(i);
            }
        }
        return NONE;
    }

    private static byte[] utf8(int wanted) {
        return Character.toString(wanted).getBytes(StandardCharsets.UTF_8);
    }

    private static int percent(String text, int at, int wanted) {
        if (wanted <= 0x7F) {
            return hex(text, at + 1, 2) == wanted ? at + 3 : NONE;
        }
        int end = at;
        for (byte one : utf8(wanted)) {
            if (end >= text.length() || text.charAt(end) != '%' || hex(text, end + 1, 2) != (one & 0xFF)) {
                return NONE;
            }
            end += 3;
        }
        return end;
    }

    /** Some of the bytes are control characters in Latin-1, which a sentence replaces with blanks, several with one. */
    private static int latin(String text, int at, int wanted) {
        int end = at;
        for (byte one : utf8(wanted)) {
            char c = end < text.length() ? text.charAt(end) : 0;
            if (c == (one & 0xFF) || c == ' ' && isControl(one)) {
                end++;
            } else if (!isControl(one) || text.charAt(end - 1) != ' ') {
                return NONE;
            }
        }
        return end;
    }

    private static boolean isControl(byte ofSeveral) {
        return (ofSeveral & 0xFF) < FIRST_LATIN;
    }

    private static int escaped(String text, int at, int wanted) {
        if (at + 1 >= text.length()) {
            return NONE;
        }
        char next = text.charAt(at + 1);
        if (next == 'u') {
            int end = at;
            for (char one : Character.toChars(wanted)) {
                if (!text.startsWith("\\u", end) || hex(text, end + 2, 4) != one) {
                    return NONE;
                }
                end += 6;
            }
            return end;
        }
        int bytes = next == 'x' ? bytes(text, at, wanted) : NONE;
        if (bytes >= 0) {
            return bytes;
        }
        int known = ESCAPES.indexOf(next);
        int means = known >= 0 ? OF_ESCAPES.charAt(known) : next;
        return means == wanted ? at + 2 : NONE;
    }

    private static int bytes(String text, int at, int wanted) {
        int end = at;
        for (byte one : utf8(wanted)) {
            if (!text.startsWith("\\x", end) || hex(text, end + 2, 2) != (one & 0xFF)) {
                return wanted <= 0xFF && hex(text, at + 2, 2) == wanted ? at + 4 : NONE;
            }
            end += 4;
        }
        return end;
    }

    private static int entity(String text, int at, int wanted) {
        int known = OF_ENTITIES.indexOf(wanted);
        if (known >= 0 && text.startsWith(ENTITIES[known], at)) {
            return at + ENTITIES[known].length();
        }
        String decimal = "&#" + wanted + ";";
        if (text.startsWith(decimal, at)) {
            return at + decimal.length();
        }
        String hexadecimal = "&#x" + Integer.toHexString(wanted) + ";";
        return text.regionMatches(true, at, hexadecimal, 0, hexadecimal.length()) ? at + hexadecimal.length() : NONE;
    }

    private static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return NONE;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), HEX);
            if (digit < 0) {
                return NONE;
            }
            value = value * HEX + digit;
        }
        return value;
    }
}
