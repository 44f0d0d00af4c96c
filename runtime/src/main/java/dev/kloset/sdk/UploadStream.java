package dev.kloset.sdk;

import dev.kloset.UploadAbortedException;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.sdk.Observer.Wait;
import dev.kloset.wire.codec.PutRequest;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ServerCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object that the host is storing. Ends only if the host said that this is the end; throws
 * {@link UploadAbortedException} if it gave up. For one thread at a time.
 */
final class UploadStream extends InputStream {

    private final ServerCall call;
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private long received;
    private boolean ended;
    private @Nullable IOException failure;

    UploadStream(ServerCall call) {
        this.call = call;
    }

    /** {@return the first message, which names the object} To be called before anything is read. */
    PutRequest first() throws IOException, InterruptedException {
        PutRequest first = PutRequest.decode(Unary.receive(call));
        chunk = first.chunk();
        received = chunk.remaining();
        return first;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.remaining());
        chunk.get(buffer, offset, count);
        return count;
    }

    /** Take the rest off the wire, whatever it is. */
    void drain() {
        chunk = chunk.position(chunk.limit());
        try {
            while (!ended) {
                ended = call.receive() == null;
            }
        } catch (IOException e) {
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        Span span = Observers.waiting(Wait.NEXT);
        try {
            return call.receive();
        } finally {
            span.end(0, null);
        }
    }

    /** {@return how many bytes were taken off the wire to be read} */
    long received() {
        return received;
    }

    /** {@return why the object did not arrive completely, if a reader was told} */
    @Nullable
    IOException failure() {
        return failure;
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (!ended && !chunk.hasRemaining()) {
            try {
                ByteBuffer message = receive();
                ended = message == null;
                chunk = message == null ? chunk : PutRequest.decode(message).chunk();
                received += chunk.remaining();
            } catch (CallCancelledException e) {
                failure = new UploadAbortedException("the host gave up before the end of the object");
                throw failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw aborted();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
        return chunk.hasRemaining();
    }

    /** Interruption is how a cancelled call reaches a handler; then it is the host that gave up. */
    private IOException aborted() {
        return call.isCancelled()
                ? new UploadAbortedException("the host gave up before the end of the object")
                : new InterruptedIOException("interrupted while reading the object");
    }
}
