package dev.kloset.sdk.internal.service;

import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.Observer.Direction;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.grpc.ServerCall;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Sends the bytes of a stream as chunks, and closes the stream once: at its end, on an error, or when the host resets. */
final class ContentSender {

    /**
     * How much is read of a content at once. The JDK keeps memory of this size outside the heap for each thread that reads from a
     * channel, and may take as much of it as there is heap.
     */
    private static final int READ_BYTES = 64 * 1024;

    private ContentSender() {}

    /** Opens a content. */
    interface Opening {
        InputStream open() throws Exception;
    }

    /**
     * Open {@code content} and send it, as below.
     *
     * @return the number of bytes
     */
    static long send(ServerCall call, Observers observers, Opening content, long expectedBytes,
            IntFunction<ByteBuffer> head)
            throws Exception {
        Span span = observers.content(call::describe, Direction.TO_HOST);
        AtomicLong sent = new AtomicLong();
        Throwable failure = null;
        try {
            InputStream opened = content.open();
            LeftoverInterrupt.clear(call);
            send(call, observers, opened, expectedBytes, head, sent);
            return sent.get();
        } catch (Throwable t) {
            failure = t;
            throw t;
        } finally {
            span.end(sent.get(), failure);
        }
    }

    /**
     * Send all bytes of {@code content}. Sends nothing if it is empty, because hosts take an empty chunk for an error.
     *
     * @param expectedBytes how many bytes are expected, or less than 0; only a hint for the size of the buffer
     * @param head makes the bytes that precede a chunk of the given length in its message
     * @param sent counts the bytes as they are sent
     */
    private static void send(ServerCall call, Observers observers, InputStream content, long expectedBytes,
            IntFunction<ByteBuffer> head,
            AtomicLong sent)
            throws IOException, InterruptedException {
        AtomicBoolean open = new AtomicBoolean(true);
        // An interrupt does not always reach a read that hangs in a source; closing the source under it usually helps.
        String path = HostContext.path();
        call.onCancel(() -> closeAside(observers.host(), path, content, open));
        try (Closeable _ = () -> closeOnce(content, open); ContentBuffer buffers = new ContentBuffer()) {
            // One byte more than expected: then the read that ends the content needs no second one.
            long wanted = expectedBytes < 0 ? Long.MAX_VALUE : Math.max(expectedBytes, expectedBytes + 1);
            byte[] buffer = buffers.array(wanted);
            int length = read(call, content, buffer);
            while (length > 0) {
                send(call, observers, head.apply(length), ByteBuffer.wrap(buffer, 0, length));
                sent.addAndGet(length);
                if (length < buffer.length) {
                    break;
                }
                // If everything that was expected has come, the content has grown since its metadata was taken.
                buffer = buffers.array(buffer.length < wanted ? wanted : Long.MAX_VALUE);
                length = read(call, content, buffer);
            }
        }
    }

    private static int read(ServerCall call, InputStream content, byte[] buffer) throws IOException {
        int length = 0;
        int more = 1;
        while (more > 0 && length < buffer.length) {
            int wanted = Math.min(READ_BYTES, buffer.length - length);
            int count = content.readNBytes(buffer, length, wanted);
            length += count;
            more = count < wanted ? 0 : 1;
        }
        LeftoverInterrupt.clear(call);
        return length;
    }

    private static void send(ServerCall call, Observers observers, ByteBuffer head, ByteBuffer chunk)
            throws IOException, InterruptedException {
        try (Span _ = observers.waiting(Wait.TAKING_CONTENT)) {
            call.send(head, chunk);
        }
    }

    private static void closeOnce(InputStream content, AtomicBoolean open) throws IOException {
        if (open.getAndSet(false)) {
            content.close();
        }
    }

    /** On a thread that serves the calls of all hosts; what the content logs there names its host and its path all the same. */
    private static void closeAside(HostContext host, @Nullable String path, InputStream content, AtomicBoolean open) {
        host.enter();
        HostContext.path(path);
        try {
            closeOnce(content, open);
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.kloset.sdk").log(System.Logger.Level.DEBUG, "close after cancel", e);
        } finally {
            host.leave();
        }
    }
}
