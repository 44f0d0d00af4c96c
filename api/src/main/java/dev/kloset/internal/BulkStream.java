package dev.kloset.internal;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in arrays: one byte is an array of one. */
public abstract class BulkStream extends InputStream {

    /** A stream at its beginning. */
    protected BulkStream() {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** As that of {@link InputStream}: for a length of more than 0 never 0. */
    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
