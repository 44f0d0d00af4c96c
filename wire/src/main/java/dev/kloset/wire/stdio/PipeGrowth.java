package dev.kloset.wire.stdio;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Enlarges both pipes to the host once they have carried much: through the usual 64 KiB the two ends of a large content sleep in
 * turns. Not at the start, because the system call costs more than a small backup gains.
 */
final class PipeGrowth {

    /** From about here on it pays off. */
    static final long MUCH = 128L << 20;

    private final int in;
    private final int out;
    private final long much;
    private final AtomicLong moved = new AtomicLong();

    /** For the descriptors of the two pipes. A descriptor of something else stays as it is. */
    PipeGrowth(int in, int out, long much) {
        this.in = in;
        this.out = out;
        this.much = much;
    }

    InputStream in(InputStream stream) {
        return new CountedInput(stream);
    }

    OutputStream out(OutputStream stream) {
        return new CountedOutput(stream);
    }

    private void count(int bytes) {
        long before = moved.getAndAdd(bytes);
        if (before < much && before + bytes >= much) {
            Thread.ofPlatform().daemon().name("kloset-pipes").start(this::grow);
        }
    }

    private void grow() {
        PipeSize.enlarge(in);
        PipeSize.enlarge(out);
    }

    private final class CountedInput extends FilterInputStream {
        CountedInput(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }
    }

    private final class CountedOutput extends FilterOutputStream {
        CountedOutput(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count(length);
        }
    }
}
