package dev.kloset.schedules;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Contents from real files, so that one that is never closed also shows as an open descriptor. */
final class Contents {

    static final int LARGEST = 60_000;

    private final Path file;
    private final byte[] bytes;
    private final AtomicInteger open = new AtomicInteger();

    Contents(Path directory) throws IOException {
        bytes = new byte[LARGEST];
        new Random(1).nextBytes(bytes);
        file = Files.write(directory.resolve("content"), bytes);
    }

    private Contents(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** {@return the same contents for a concurrent session, with a count of its own} */
    Contents beside() {
        return new Contents(file, bytes);
    }

    /** {@return the first {@code length} bytes, read from a file} */
    InputStream open(int length) throws IOException {
        InputStream stream = Files.newInputStream(file);
        open.incrementAndGet();
        return new Counted(stream, length);
    }

    byte[] bytes(int length) {
        return Arrays.copyOf(bytes, length);
    }

    /** {@return how many contents are not closed} */
    int openCount() {
        return open.get();
    }

    private final class Counted extends FilterInputStream {
        private long left;
        private boolean closed; // guarded by this

        Counted(InputStream in, long limit) {
            super(in);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = left == 0 ? -1 : in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            open.decrementAndGet();
            super.close();
        }
    }
}
