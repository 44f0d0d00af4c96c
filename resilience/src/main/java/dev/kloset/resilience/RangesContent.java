package dev.kloset.resilience;

import dev.kloset.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A large content of a source that takes its time for each answer: reads several ranges at once, ahead of the host, and hands their
 * bytes over in order. Each range resumes where it broke, as a {@link ResumingContent} does, so one failure costs no more than the
 * rest of a range.
 *
 * <p><b>Memory.</b> An open content holds at most as many ranges as it reads at once, those included that wait for the host: by
 * default 4 ranges of 8 MiB. Multiply that by the number of contents that the host opens at once. A content of one range or less is
 * read without any of this.
 *
 * <p><b>Threads.</b> Each range is read on a virtual thread, which closing the stream interrupts. Give the source an {@link
 * IdleTimeout}, with which any library obeys that. With a {@link ConnectionPool}, each range leases a connection.
 *
 * <p><b>Errors.</b> A range that fails fails the content at its place, after all bytes before it, and ends the others.
 *
 * <p>If the source may change meanwhile, the {@link Source} must notice this and fail permanently. Immutable; safe for any number of
 * streams at once, each for one thread, and closed by any.
 */
public final class RangesContent implements Content {

    private static final int DEFAULT_RANGES = 4;
    private static final int DEFAULT_BYTES = 8 << 20;

    /** Supplies the bytes. */
    @FunctionalInterface
    public interface Source {

        /**
         * {@return the {@code length} bytes from {@code offset} on} A stream that goes on after these is closed there. Called on
         * several threads at once. The caller closes the stream.
         */
        InputStream open(long offset, long length) throws IOException, InterruptedException;
    }

    private final String what;
    private final long size;
    private final Source source;
    private final Retry retry;
    private final int ranges;
    private final int bytes;

    private RangesContent(String what, long size, Source source, Retry retry, int ranges, int bytes) {
        this.what = Objects.requireNonNull(what, "what");
        this.size = size;
        this.source = Objects.requireNonNull(source, "source");
        this.retry = Objects.requireNonNull(retry, "retry");
        this.ranges = ranges;
        this.bytes = bytes;
        if (size < 0) {
            throw new IllegalArgumentException("ranges need a size: use ResumingContent where it is not known");
        }
        if (ranges < 1 || bytes < 1) {
            throw new IllegalArgumentException("there must be a range, and a byte in it");
        }
    }

    /**
     * Read {@code source} in ranges.
     *
     * @param what what the reading does, for messages, after "cannot": {@code read /photos/film.mp4}
     * @param size the size in bytes, which must be known. The content has exactly so many bytes, or fails
     * @param retry for each range by itself
     */
    public RangesContent(String what, long size, Source source, Retry retry) {
        this(what, size, source, retry, DEFAULT_RANGES, DEFAULT_BYTES);
    }

    /**
     * {@return the same content in other ranges}
     *
     * @param atOnce how many are read, or wait in memory, at once; with 1, nothing is read ahead
     * @param length of each range in bytes, but for the last
     */
    public RangesContent withRanges(int atOnce, int length) {
        return new RangesContent(what, size, source, retry, atOnce, length);
    }

    @Override
    public InputStream open() throws IOException {
        return size <= bytes ? range(0).open() : new RangesStream(this::range, size, bytes, ranges);
    }

    /** {@return the range that begins at {@code start}} */
    private ResumingContent range(long start) {
        long length = Math.min(bytes, size - start);
        String which = size <= bytes ? what : what + " from byte " + start;
        return new ResumingContent(which, length,
                offset -> new RangeEnd(source.open(start + offset, length - offset), length - offset), retry);
    }

    /**
     * Ends after a number of bytes, and looks once behind the last one: a connection is fit for another use only if its stream was read
     * to the end, which a reader that counts never sees. For one thread.
     */
    private static final class RangeEnd extends FilterInputStream {

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
}
