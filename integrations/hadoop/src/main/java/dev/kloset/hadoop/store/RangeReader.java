package dev.kloset.hadoop.store;

import dev.kloset.internal.BulkStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/** A range of an object, read through its shared stream. For one thread at a time. */
final class RangeReader extends BulkStream {

    private static final int BUFFER = 256 << 10;

    private final SharedStreams streams;
    private final Path object;
    private final byte[] buffer;
    private SharedStream stream;
    private long position;
    private long remaining;
    private int next;
    private int filled;
    private boolean isRenewed;
    private boolean isClosed;

    RangeReader(SharedStreams streams, Path object, long offset, long length) throws IOException {
        this.streams = streams;
        this.object = object;
        this.position = offset;
        this.remaining = length;
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        this.stream = streams.borrow(object);
    }

    /** Read the first bytes. */
    void begin() throws IOException {
        // Even for an empty range: whether there is such an object, only a stream knows.
        filled = fill((int) Math.min(buffer.length, Math.max(1, remaining)));
        filled = (int) Math.min(filled, remaining);
        advance();
    }

    private int fill(int count) throws IOException {
        try {
            return stream.read(position, buffer, count);
        } catch (FileNotFoundException e) {
            streams.forget(object);
            throw e;
        } catch (IOException e) {
            streams.forget(object);
            if (isRenewed) {
                throw e;
            }
            renew();
            return fill(count);
        }
    }

    /** Another process may have replaced the object since its stream was opened. */
    private void renew() throws IOException {
        isRenewed = true;
        SharedStream old = stream;
        stream = streams.borrow(object);
        streams.giveBack(old);
    }

    private void advance() {
        next = 0;
        position += filled;
        remaining = filled == 0 ? 0 : remaining - filled;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (next == filled) {
            if (remaining == 0) {
                return -1;
            }
            filled = fill((int) Math.min(buffer.length, remaining));
            advance();
            if (filled == 0) {
                return -1;
            }
        }
        int count = Math.min(length, filled - next);
        System.arraycopy(buffer, next, bytes, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            streams.giveBack(stream);
        }
    }
}
