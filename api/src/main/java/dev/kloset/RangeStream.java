package dev.kloset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The first bytes of a stream, and no more. */
final class RangeStream extends FilterInputStream {

    private long left;

    private RangeStream(InputStream whole, long length) {
        super(whole);
        this.left = length;
    }

    static InputStream open(InputStream whole, Range range) throws IOException {
        try {
            skip(whole, range.offset());
        } catch (IOException | RuntimeException e) {
            try (whole) {
                throw e;
            }
        }
        return new RangeStream(whole, range.length());
    }

    private static void skip(InputStream whole, long count) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = whole.skip(left);
            if (skipped <= 0) {
                // If nothing was skipped, this may be the end, or a stream that does not skip: only a read can tell.
                if (whole.read() < 0) {
                    return;
                }
                skipped = 1;
            }
            left -= skipped;
        }
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int b = super.read();
        left -= b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
