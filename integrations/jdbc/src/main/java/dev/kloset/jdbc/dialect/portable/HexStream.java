package dev.kloset.jdbc.dialect.portable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes that {@code \x} and hexadecimal digits stand for. */
final class HexStream extends FilterInputStream {

    private static final int PIECE = 8 << 10;

    /**
     * @param digits begins with {@code \x}
     */
    HexStream(InputStream digits) throws IOException {
        super(digits);
        if (digits.read() != '\\' || digits.read() != 'x') {
            throw new IOException("bytes do not begin with \\x: the rows were changed");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        byte[] digits = in.readNBytes(2 * Math.min(length, PIECE));
        if (digits.length % 2 != 0) {
            throw new IOException("bytes have half a pair of digits: the rows were changed");
        }
        for (int i = 0; i < digits.length; i += 2) {
            buffer[offset + (i / 2)] = (byte) ((digit(digits[i]) << 4) | digit(digits[i + 1]));
        }
        return digits.length == 0 ? -1 : digits.length / 2;
    }

    private static int digit(byte c) throws IOException {
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            throw new IOException("bytes have something else than hexadecimal digits: the rows were changed");
        }
        return digit;
    }
}
