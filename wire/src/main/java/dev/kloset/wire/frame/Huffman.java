package dev.kloset.wire.frame;

/**
 * The code of RFC 7541, appendix B. It is canonical: shorter codes come first, and codes of equal length are in the order of
 * their symbols, so the lengths alone define it.
 */
final class Huffman {

    private static final int SYMBOLS = 257;
    private static final int END_OF_STRING = 256;
    private static final int MIN_BITS = 5;
    private static final int MAX_BITS = 30;
    private static final int MAX_PADDING_BITS = 7;

    // @formatter:off
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6,
        6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6,
        6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22,
        20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23,
        22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22,
        23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22,
        25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
    };
    // @formatter:on

    /** Symbols in the order of their codes. */
    private static final short[] SORTED = new short[SYMBOLS];
    /** The first code of each length, the place of its symbol in {@link #SORTED}, and the end of the length, left-aligned. */
    private static final int[] FIRST_CODE = new int[MAX_BITS + 1];
    private static final int[] FIRST_INDEX = new int[MAX_BITS + 1];
    private static final long[] END = new long[MAX_BITS + 1];

    static {
        int code = 0;
        int index = 0;
        for (int bits = MIN_BITS; bits <= MAX_BITS; bits++) {
            FIRST_CODE[bits] = code;
            FIRST_INDEX[bits] = index;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (LENGTHS[symbol] == bits) {
                    SORTED[index++] = (short) symbol;
                    code++;
                }
            }
            END[bits] = (long) code << 32 - bits;
            code <<= 1;
        }
    }

    private Huffman() {}

    /** {@return the string whose code fills these bytes} */
    static String decode(byte[] bytes, int offset, int length) throws ConnectionError {
        // The shortest code has 5 bits, so a byte of code never holds more than 8/5 symbols.
        StringBuilder text = new StringBuilder(length * 8 / MIN_BITS);
        long window = 0; // unused bits, at its low end
        int available = 0;
        int at = offset;
        int end = offset + length;
        while (true) {
            while (available <= 32 && at < end) {
                window = window << 8 | bytes[at++] & 0xFF;
                available += 8;
            }
            int bits = codeLength(window, available);
            if (bits > available) {
                checkPadding(window, available);
                return text.toString();
            }
            int code = (int) (window >>> available - bits & (1L << bits) - 1);
            int symbol = SORTED[FIRST_INDEX[bits] + code - FIRST_CODE[bits]];
            if (symbol == END_OF_STRING) {
                throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, "a Huffman string contains its end symbol");
            }
            text.append((char) symbol);
            available -= bits;
        }
    }

    /** Missing bits count as ones: then the rest at the end is the start of a long code, never a symbol. */
    private static int codeLength(long window, int available) {
        long aligned = available >= 32
                ? window >>> available - 32 & 0xFFFF_FFFFL
                : (window << 32 - available | (1L << 32 - available) - 1) & 0xFFFF_FFFFL;
        int bits = MIN_BITS;
        while (bits < MAX_BITS && aligned >= END[bits]) {
            bits++;
        }
        return bits;
    }

    private static void checkPadding(long window, int available) throws ConnectionError {
        long ones = (1L << available) - 1;
        if (available > MAX_PADDING_BITS || (window & ones) != ones) {
            throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, "a Huffman string is not padded as it must be");
        }
    }
}
