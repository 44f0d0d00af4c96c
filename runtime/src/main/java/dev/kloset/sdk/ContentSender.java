package dev.kloset.sdk;

import dev.kloset.sdk.Observer.Direction;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.sdk.Observer.Wait;
import dev.kloset.wire.grpc.ServerCall;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Sends the bytes of a stream as chunks, and closes the stream once: at its end, on an error, or when the host resets. */
final class ContentSender {

    /** The largest chunk: enough to make the cost of a message vanish, small enough for many contents at once. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private ContentSender() {}

    /** Opens a content. */
    interface Opening {
        InputStream open() throws Exception;
    }

    /** Open {@code content} and send it, as below. {@return how many bytes that were} */
    static long send(ServerCall call, Opening content, long expectedBytes, IntFunction<ByteBuffer> head)
            throws Exception {
        Span span = Observers.content(call::purpose, Direction.TO_HOST);
        AtomicLong sent = new AtomicLong();
        Throwable failure = null;
        try {
            InputStream opened = content.open();
            LeftoverInterrupt.clear(call);
            send(call, opened, expectedBytes, head, sent);
            return sent.get();
        } catch (Throwable t) {
            failure = t;
            throw t;
        } finally {
            span.end(sent.get(), failure);
        }
    }

    /**
     * Send everything that {@code content} gives; nothing at all if it is empty, because hosts take an empty chunk for an
     * error.
     *
     * @param expectedBytes how much is expected, or less than 0; only a hint for the size of the buffer
     * @param head makes the bytes that precede a chunk of the given length in its message
     * @param sent is added to as chunks are sent
     */
    private static void send(ServerCall call, InputStream content, long expectedBytes, IntFunction<ByteBuffer> head,
            AtomicLong sent)
            throws IOException, InterruptedException {
        AtomicBoolean open = new AtomicBoolean(true);
        // A read that hangs in a source does not always hear an interrupt; closing under it usually helps.
        call.onCancel(() -> closeAside(content, open));
        try (Closeable _ = () -> closeOnce(content, open)) {
            // One byte more than expected: the end is then seen without a second buffer.
            int size = expectedBytes < 0 || expectedBytes >= CHUNK_BYTES ? CHUNK_BYTES : (int) expectedBytes + 1;
            byte[] buffer = new byte[size];
            int length = read(call, content, buffer);
            while (length > 0) {
                send(call, head.apply(length), ByteBuffer.wrap(buffer, 0, length));
                sent.addAndGet(length);
                if (length < size) {
                    break;
                }
                if (size < CHUNK_BYTES) {
                    // The content grew since its metadata was taken.
                    size = CHUNK_BYTES;
                    buffer = new byte[size];
                }
                length = read(call, content, buffer);
            }
        }
    }

    private static int read(ServerCall call, InputStream content, byte[] buffer) throws IOException {
        int length = content.readNBytes(buffer, 0, buffer.length);
        LeftoverInterrupt.clear(call);
        return length;
    }

    private static void send(ServerCall call, ByteBuffer head, ByteBuffer chunk)
            throws IOException, InterruptedException {
        Span span = Observers.waiting(Wait.TAKING_CONTENT);
        try {
            call.send(head, chunk);
        } finally {
            span.end(0, null);
        }
    }

    private static void closeOnce(InputStream content, AtomicBoolean open) throws IOException {
        if (open.getAndSet(false)) {
            content.close();
        }
    }

    private static void closeAside(InputStream content, AtomicBoolean open) {
        try {
            closeOnce(content, open);
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.kloset.sdk").log(System.Logger.Level.DEBUG, "close after cancel", e);
        }
    }
}
