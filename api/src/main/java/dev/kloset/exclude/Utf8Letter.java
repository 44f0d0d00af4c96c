package dev.kloset.exclude;

/**
 * Letters of a UTF-8 text that may be read from the middle of a letter: there every byte counts as an unreadable letter of its
 * own.
 */
final class Utf8Letter {

    private static final int UNREADABLE = 0xFFFD;
    private static final int MIN_TWO_BYTES = 0xC0;
    private static final int MIN_THREE_BYTES = 0xE0;
    private static final int MIN_FOUR_BYTES = 0xF0;
    private static final int BITS_BEHIND = 6;
    private static final int MASK_BEHIND = 0x3F;

    private Utf8Letter() {}

    /** {@return the number of bytes of the letter at {@code at}} */
    static int length(byte[] text, int at) {
        int first = text[at] & 0xFF;
        if (first < MIN_TWO_BYTES) {
            return 1;
        }
        if (first < MIN_THREE_BYTES) {
            return 2;
        }
        return first < MIN_FOUR_BYTES ? 3 : 4;
    }

    /** {@return the code point of the letter at {@code at}} */
    static int at(byte[] text, int at) {
        int length = length(text, at);
        if (length == 1) {
            return text[at] >= 0 ? text[at] : UNREADABLE;
        }
        int letter = text[at] & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            letter = letter << BITS_BEHIND | text[at + i] & MASK_BEHIND;
        }
        return letter;
    }
}
