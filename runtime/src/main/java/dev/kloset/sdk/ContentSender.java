package dev.kloset.sdk;

import dev.kloset.wire.grpc.ServerCall;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/** Sends the bytes of a stream as chunks, and closes the stream once: at its end, on an error, or when the host resets. */
final class ContentSender {

    /** The largest chunk: enough to make the cost of a message vanish, small enough for many contents at once. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private ContentSender() {}

    /**
     * Send everything that {@code content} gives; nothing at all if it is empty, because hosts take an empty chunk for an
     * error.
     *
     * @param expectedBytes how much is expected, or less than 0; only a hint for the size of the buffer
     * @param head makes the bytes that precede a chunk of the given length in its message
     */
    static void send(ServerCall call, InputStream content, long expectedBytes, IntFunction<ByteBuffer> head)
            throws IOException, InterruptedException {
        AtomicBoolean open = new AtomicBoolean(true);
        // A read that hangs in a source does not always hear an interrupt; closing under it usually helps.
        call.onCancel(() -> closeAside(content, open));
        try (Closeable _ = () -> closeOnce(content, open)) {
            // One byte more than expected: the end is then seen without a second buffer.
            int size = expectedBytes < 0 || expectedBytes >= CHUNK_BYTES ? CHUNK_BYTES : (int) expectedBytes + 1;
            byte[] buffer = new byte[size];
            int length = content.readNBytes(buffer, 0, size);
            while (length > 0) {
                call.send(head.apply(length), ByteBuffer.wrap(buffer, 0, length));
                if (length < size) {
                    break;
                }
                if (size < CHUNK_BYTES) {
                    // The content grew since its metadata was taken.
                    size = CHUNK_BYTES;
                    buffer = new byte[size];
                }
                length = content.readNBytes(buffer, 0, size);
            }
        }
    }

    private static void closeOnce(InputStream content, AtomicBoolean open) throws IOException {
        if (open.getAndSet(false)) {
            content.close();
        }
    }

    private static void closeAside(InputStream content, AtomicBoolean open) {
        if (open.get()) {
            Thread.ofVirtual().name("close cancelled content").start(() -> {
                try {
                    closeOnce(content, open);
                } catch (IOException | RuntimeException e) {
                    System.getLogger("dev.kloset.sdk").log(System.Logger.Level.DEBUG, "close after cancel", e);
                }
            });
        }
    }
}
