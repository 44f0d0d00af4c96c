package dev.kloset.resilience;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends after a number of bytes, and looks once behind the last one: a connection is fit for another use only if its stream was read
 * to the end, which a reader that counts never sees. For one thread.
 */
final class RangeEnd extends FilterInputStream {

    private long left;

    RangeEnd(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int count = in.read(buffer, start, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        if (count > 0 && left == 0) {
            seeTheEnd();
        }
        return count;
    }

    @SuppressWarnings("UnusedException") // All bytes are here: what comes behind them no longer matters.
    private void seeTheEnd() {
        try {
            in.read();
        } catch (IOException e) {
            // The pool closes the connection.
        }
    }
}
