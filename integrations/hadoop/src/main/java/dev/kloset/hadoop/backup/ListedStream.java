package dev.kloset.hadoop.backup;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends after the bytes that were listed, and fails if there are fewer. For one thread. */
final class ListedStream extends FilterInputStream {

    private final String what;
    private final long size;
    private long left;

    /** Read {@code size} bytes of {@code in}, which closes together with this stream. */
    ListedStream(InputStream in, String what, long size) {
        super(in);
        this.what = what;
        this.size = size;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = readSome(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("cannot read " + what + ": it ended after " + (size - left) + " of the " + size
                    + " bytes that it had when it was listed");
        }
        left -= count;
        return count;
    }

    private int readSome(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new IOException("cannot read " + what + " after " + (size - left) + " bytes", e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
