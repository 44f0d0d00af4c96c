package dev.kloset.host;

import java.io.IOException;
import java.io.InputStream;

/** Fails at the first read. */
class BrokenStream extends InputStream {

    private final String why;

    BrokenStream(String why) {
        this.why = why;
    }

    @Override
    public int read() throws IOException {
        throw new IOException(why);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        throw new IOException(why);
    }
}
