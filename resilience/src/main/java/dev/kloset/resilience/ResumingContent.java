package dev.kloset.resilience;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.internal.BulkStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A content that resumes where it was when its stream breaks. Every byte that arrives is progress, after which the {@link
 * Retry} has all its attempts again.
 *
 * <p>If the source may change meanwhile, the {@link Source} must notice this (by an entity tag, a version, a time) and fail
 * permanently: halves of two versions are worse than an error. Safe for any number of streams at once, each for one thread.
 */
public final class ResumingContent implements Content {

    /** Supplies the bytes. */
    @FunctionalInterface
    public interface Source {

        /** {@return the bytes from {@code offset} on} The caller closes the stream. */
        InputStream open(long offset) throws IOException, InterruptedException;

        /** {@return a source that cannot start in the middle, and so reads the earlier bytes again and discards them} */
        static Source fromStart(IoCall<InputStream> opening) {
            return offset -> {
                InputStream in = opening.make();
                try {
                    in.skipNBytes(offset);
                    return in;
                } catch (IOException | RuntimeException e) {
                    try (in) {
                        throw e;
                    }
                }
            };
        }
    }

    private final String what;
    private final long size;
    private final Source source;
    private final Retry retry;

    /**
     * Read {@code source}.
     *
     * @param what what the reading does, for messages, after "cannot": {@code read /photos/cat.jpg}
     * @param size the size in bytes. An earlier end counts as a broken stream, because connections are lost without notice;
     *     with {@link FileInfo#UNKNOWN_SIZE}, any end is the end
     */
    public ResumingContent(String what, long size, Source source, Retry retry) {
        this.what = Objects.requireNonNull(what, "what");
        this.size = size;
        this.source = Objects.requireNonNull(source, "source");
        this.retry = Objects.requireNonNull(retry, "retry");
    }

    @Override
    public InputStream open() throws IOException {
        Resumed stream = new Resumed(retry.begin(what));
        stream.connect();
        return stream;
    }

    private final class Resumed extends BulkStream {

        private final Retry.Series series;
        private @Nullable InputStream in;
        private long offset;
        private boolean closed;

        Resumed(Retry.Series series) {
            this.series = series;
        }

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, buffer.length);
            if (length == 0) {
                return 0;
            }
            while (true) {
                InputStream current = connect();
                try {
                    int count = current.read(buffer, start, length);
                    if (count < 0 && offset < size) {
                        throw new EOFException("it ended after " + offset + " of " + size + " bytes");
                    }
                    if (count > 0) {
                        offset += count;
                        series.gotOn();
                    }
                    return count;
                } catch (IOException e) {
                    failed(e);
                }
            }
        }

        InputStream connect() throws IOException {
            if (closed) {
                throw new IOException("the stream is closed");
            }
            InputStream current = in;
            while (current == null) {
                try {
                    current = source.open(offset);
                    in = current;
                } catch (InterruptedException e) {
                    throw interrupted();
                } catch (IOException e) {
                    failed(e);
                }
            }
            return current;
        }

        private void failed(IOException reason) throws IOException {
            try {
                disconnect();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
            try {
                series.failed(reason);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        private InterruptedIOException interrupted() {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("interrupted while trying to " + what);
        }

        private void disconnect() throws IOException {
            InputStream current = in;
            in = null;
            if (current != null) {
                current.close();
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            disconnect();
        }
    }
}
