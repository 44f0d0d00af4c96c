package dev.kloset.sdk;

import dev.kloset.sdk.Observer.Direction;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.sdk.Observer.Wait;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.grpc.ServerCall;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one restored file, read off the wire as the exporter asks for them. After its end it stays at its end, after
 * an error every read repeats that error, and closing it twice is harmless.
 */
final class ExportContent extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ServerCall call;
    private final String pathname;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer chunk = NOTHING; // guarded by lock
    private Span span; // guarded by lock
    private long received; // bytes; guarded by lock
    private boolean opened; // guarded by lock
    private boolean complete; // guarded by lock; the end marker has come
    private boolean closed; // guarded by lock
    private boolean released; // guarded by lock; the wire has moved on
    private boolean broken; // guarded by lock; nothing more can come
    private @Nullable IOException failure; // guarded by lock; the first one, repeated to every reader

    ExportContent(ServerCall call, String pathname) {
        this.call = call;
        this.pathname = pathname;
        this.span = Observers.content(() -> pathname, Direction.FROM_HOST);
    }

    /** {@return this stream, once} */
    InputStream open() throws IOException {
        lock.lock();
        try {
            if (released) {
                throw gone();
            }
            if (opened) {
                throw new IOException(
                        "the content of " + pathname + " can be opened once only: the host sends it once");
            }
            opened = true;
            return this;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        lock.lock();
        try {
            if (released) {
                throw gone();
            }
            if (closed) {
                throw new IOException("the content of " + pathname + " is closed");
            }
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.remaining());
            chunk.get(buffer, offset, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Closing leaves the rest on the wire; {@link #release} takes it off. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Read to the end marker, so that {@link #failure} is final. */
    void drain() {
        lock.lock();
        try {
            chunk = NOTHING;
            // A reader that was interrupted has failed, yet its bytes are still to be taken off the wire.
            while (!complete && !broken && !Thread.currentThread().isInterrupted()) {
                receive();
            }
        } catch (IOException e) {
            // Kept as the failure; whoever wants to know asks for it.
        } finally {
            chunk = NOTHING;
            lock.unlock();
        }
    }

    /** Take the rest off the wire and refuse every later read. */
    void release() {
        lock.lock();
        try {
            drain();
            released = true;
            over();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is read; whoever observes is told once. */
    void over() {
        lock.lock();
        try {
            span.end(received, failure);
            span = Span.NOBODYS;
        } finally {
            lock.unlock();
        }
    }

    /** {@return why the content did not arrive completely, or null} */
    @Nullable
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (!complete && !chunk.hasRemaining()) {
            receive();
        }
        return chunk.hasRemaining();
    }

    private void receive() throws IOException {
        try {
            chunk = nextChunk();
            complete = !chunk.hasRemaining();
        } catch (IOException e) {
            broken = !(e instanceof InterruptedIOException);
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    private ByteBuffer nextChunk() throws IOException {
        ByteBuffer message;
        try {
            message = receive(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + pathname);
        }
        if (message == null) {
            throw new EOFException("the host ended in the middle of " + pathname + ": its content is not complete");
        }
        ByteBuffer next = ExportRequest.decode(message).chunk();
        if (next == null) {
            throw new IOException("the host sent another record in the middle of " + pathname);
        }
        received += next.remaining();
        return next;
    }

    /** {@return the next message of {@code call}, null if there is none} */
    static @Nullable ByteBuffer receive(ServerCall call) throws IOException, InterruptedException {
        Span span = Observers.waiting(Wait.NEXT);
        try {
            return call.receive();
        } finally {
            span.end(0, null);
        }
    }

    private IOException gone() {
        return new IOException("the content of " + pathname + " is gone: the next record has been asked for");
    }
}
