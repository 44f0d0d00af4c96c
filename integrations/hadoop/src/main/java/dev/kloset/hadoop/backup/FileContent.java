package dev.kloset.hadoop.backup;

import dev.kloset.Content;
import dev.kloset.hadoop.mount.RealPath;
import dev.kloset.resilience.RangesContent;
import dev.kloset.resilience.Retry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The bytes of a file, exactly as many as were listed. What a writer appends meanwhile belongs to the next backup.
 *
 * @param at where to read
 * @param what the file, as sentences name it
 * @param large admits the large files that are read in several ranges at once, as each of them takes memory
 */
record FileContent(RealPath at, String what, long size, Semaphore large) implements Content {

    private static final long LARGE = 256L << 20;
    private static final int RANGES = 4;
    private static final int RANGE = 8 << 20;
    /** Hadoop's client tries again by itself. */
    private static final Retry ONCE = Retry.attempts(1);

    /** {@return a semaphore for as many large files as a quarter of the heap has room for} */
    static Semaphore admission(long heap) {
        return new Semaphore(Math.clamp(heap / 4 / ((long) RANGES * RANGE), 1, Integer.MAX_VALUE));
    }

    @Override
    public InputStream open() throws IOException {
        if (size == 0) {
            return InputStream.nullInputStream();
        }
        try {
            if (size > LARGE && large.tryAcquire()) {
                return ranges();
            }
            return new ListedStream(open(0), what, size);
        } catch (IOException e) {
            throw new IOException("cannot read " + what, e);
        }
    }

    private FSDataInputStream open(long offset) throws IOException {
        FSDataInputStream in = at.fileSystem().open(at.path());
        boolean there = false;
        try {
            in.seek(offset);
            there = true;
            return in;
        } finally {
            if (!there) {
                in.close();
            }
        }
    }

    private InputStream ranges() throws IOException {
        boolean opened = false;
        try {
            InputStream in = new RangesContent("read " + what, size, (offset, _) -> open(offset), ONCE)
                    .withRanges(RANGES, RANGE)
                    .open();
            opened = true;
            return new Admitted(in, large);
        } finally {
            if (!opened) {
                large.release();
            }
        }
    }

    /** Leaves its place to the next large file when it is closed. */
    private static final class Admitted extends FilterInputStream {

        private final Semaphore large;
        private final AtomicBoolean left = new AtomicBoolean();

        Admitted(InputStream in, Semaphore large) {
            super(in);
            this.large = large;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                if (left.compareAndSet(false, true)) {
                    large.release();
                }
            }
        }
    }
}
