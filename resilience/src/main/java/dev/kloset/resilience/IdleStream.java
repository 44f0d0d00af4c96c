package dev.kloset.resilience;

import dev.kloset.internal.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a thread of its own reads, so that its user waits no longer than allowed. That thread also closes the stream.
 * Each of the two threads has at most one piece of the stream.
 */
final class IdleStream extends BulkStream {

    private static final int PIECE_BYTES = 64 * 1024;

    /** What the thread has read: bytes, or none at the end, with the reason for the end. */
    private static final class Piece {

        final byte[] bytes;
        final @Nullable Throwable failure;

        Piece(byte[] bytes, @Nullable Throwable failure) {
            this.bytes = bytes;
            this.failure = failure;
        }

        boolean isLast() {
            return bytes.length == 0;
        }
    }

    private final InputStream source;
    private final Duration limit;
    private final Supplier<? extends IOException> timeOut;
    private final BlockingQueue<Piece> pieces = new SynchronousQueue<>();
    private final Thread reader;
    private Piece piece = new Piece(new byte[1], null); // a piece with no bytes left
    private int at = 1;
    private volatile boolean closed;

    /** Read {@code source}, which closes together with this stream. */
    IdleStream(InputStream source, Duration limit, Supplier<? extends IOException> timeOut) {
        this.source = source;
        this.limit = limit;
        this.timeOut = timeOut;
        this.reader = Thread.ofVirtual().name("kloset-reader").start(this::readAll);
    }

    private void readAll() {
        try (source) {
            byte[] buffer = new byte[PIECE_BYTES];
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                if (count > 0) {
                    handOver(new Piece(Arrays.copyOf(buffer, count), null));
                }
            }
        } catch (Throwable e) {
            tryToHandOver(new Piece(new byte[0], e));
            return;
        }
        tryToHandOver(new Piece(new byte[0], null));
    }

    private void tryToHandOver(Piece last) {
        try {
            handOver(last);
        } catch (InterruptedException e) {
            // The stream is closed, so this failure concerns no reader.
        }
    }

    /** A source may have swallowed the interrupt that {@link #close} sent, so this method checks for itself now and then. */
    private void handOver(Piece next) throws InterruptedException {
        while (!pieces.offer(next, 1, TimeUnit.SECONDS)) {
            if (closed) {
                throw new InterruptedException("closed");
            }
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (at == piece.bytes.length && !piece.isLast()) {
            piece = next();
            at = 0;
        }
        if (piece.isLast()) {
            return end(piece.failure);
        }
        int count = Math.min(length, piece.bytes.length - at);
        System.arraycopy(piece.bytes, at, buffer, offset, count);
        at += count;
        return count;
    }

    private Piece next() throws IOException {
        try {
            Piece next = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (next != null) {
                return next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
        close();
        throw timeOut.get();
    }

    private static int end(@Nullable Throwable failure) throws IOException {
        return switch (failure) {
            case null -> -1;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        };
    }

    /** Returns at once, because the source may hang in its own close. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!piece.isLast()) {
            reader.interrupt();
            Thread.ofVirtual().name("kloset-closer").start(this::closeSource);
        }
    }

    /** Wakes a read that ignores interrupts. */
    private void closeSource() {
        try {
            source.close();
        } catch (IOException | RuntimeException e) {
            System.getLogger(IdleStream.class.getName()).log(Level.DEBUG, "cannot close a source", e);
        }
    }
}
