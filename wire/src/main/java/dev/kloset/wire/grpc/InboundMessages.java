package dev.kloset.wire.grpc;

import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.StreamTimeoutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Complete messages of one call, between the reader thread that puts them in and the one application thread that takes them
 * out. The application takes everything there is with one look under the lock and then reads without it.
 *
 * <p>What was taken is reported to the stream, so that the other end may send as much again. While the application waits, a
 * message that is not complete counts as taken: it may be larger than the window.
 */
final class InboundMessages {

    /** So much is kept of arrays that were read, for messages to come. One is kept whatever its size. */
    private static final int MAX_SPARE_BYTES = 512 * 1024;

    private final Http2Stream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final ArrayDeque<byte[]> spares = new ArrayDeque<>(1);
    private int spareBytes;
    private int partial; // bytes of an incomplete message that were not reported
    private boolean waiting;
    private boolean ended;
    private @Nullable Supplier<? extends IOException> failure;

    private volatile boolean discarded;

    // of the application thread
    private @Nullable Chunk current;
    private int readable;

    InboundMessages(Http2Stream stream) {
        this.stream = stream;
    }

    // ---- for the reader thread

    /**
     * Let the application see messages.
     *
     * @param chunk where they are
     * @param complete the end of the last complete one
     * @param bytes what they took on the wire since the last call
     * @param sealed whether nothing more will be added to the chunk
     */
    void publish(Chunk chunk, int complete, int bytes, boolean sealed) {
        lock.lock();
        try {
            if (discarded) {
                return;
            }
            if (!chunk.queued) {
                chunk.queued = true;
                chunks.add(chunk);
            }
            chunk.complete = complete;
            chunk.sealed = sealed;
            chunk.unreported += bytes + partial;
            partial = 0;
            waiting = false;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Count bytes of a message that is not complete. */
    void incomplete(int bytes) {
        int report = 0;
        lock.lock();
        try {
            partial += bytes;
            if (waiting) {
                report = partial;
                partial = 0;
            }
        } finally {
            lock.unlock();
        }
        if (report > 0) {
            stream.consumed(report);
        }
    }

    /** {@return an array for {@code bytes} that was used before, null if there is none of a fitting size} */
    byte @Nullable [] takeSpare(int bytes) {
        lock.lock();
        try {
            byte[] array = spares.peek();
            if (array == null || array.length / 4 > bytes) {
                return null;
            }
            spares.remove();
            spareBytes -= array.length;
            return array.length < bytes ? null : array;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. Only the first end counts. */
    void end(@Nullable Supplier<? extends IOException> why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come, and what has come is of no use. If {@code why} is given, it counts whatever was said before. */
    void discard(@Nullable Supplier<? extends IOException> why) {
        lock.lock();
        try {
            ended = true;
            if (why != null) {
                failure = why;
            }
            discarded = true;
            chunks.clear();
            spares.clear();
            spareBytes = 0;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    // ---- for the application thread

    /** {@return the next message, valid until the next call; null after the last one} Waits for it. */
    @Nullable
    ByteBuffer next() throws IOException, InterruptedException {
        Chunk chunk = current;
        if (chunk == null || chunk.read == readable || discarded) {
            chunk = awaitChunk();
            if (chunk == null) {
                return null;
            }
        }
        return chunk.next(readable);
    }

    private @Nullable Chunk awaitChunk() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Chunk chunk = firstReadable();
            while (chunk == null) {
                if (ended) {
                    if (failure != null) {
                        throw failure.get();
                    }
                    return null;
                }
                beginWaiting();
                await();
                chunk = firstReadable();
            }
            waiting = false;
            current = chunk;
            readable = chunk.complete;
            stream.consumed(chunk.unreported);
            chunk.unreported = 0;
            return chunk;
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    private @Nullable Chunk firstReadable() {
        Chunk first = chunks.peek();
        while (first != null && first.read == first.complete && first.sealed) {
            chunks.remove();
            stream.consumed(first.unreported);
            keep(first.bytes);
            first = chunks.peek();
        }
        return first == null || first.read == first.complete ? null : first;
    }

    /** The array that was read last is used first: it is still in the processor's cache. */
    private void keep(byte[] read) {
        if (spares.isEmpty() || spareBytes + read.length <= MAX_SPARE_BYTES) {
            spares.push(read);
            spareBytes += read.length;
        }
    }

    private void beginWaiting() {
        if (!waiting) {
            waiting = true;
            if (partial > 0) {
                stream.consumed(partial);
                partial = 0;
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void await() throws StreamTimeoutException, InterruptedException {
        if (!stream.hasDeadline()) {
            arrived.await();
            return;
        }
        long left = stream.nanosLeft();
        if (left <= 0) {
            throw new StreamTimeoutException();
        }
        arrived.awaitNanos(left);
    }

    /**
     * An array with one large message, or with many small ones, each behind its length. The reader thread writes beyond
     * {@code complete} while the application reads before it.
     */
    static final class Chunk {
        static final int LENGTH_BYTES = 4;

        private final byte[] bytes;
        private final boolean single;
        private final ByteBuffer view;
        private int read; // of the application thread

        // guarded by the lock
        private int complete;
        private int unreported;
        private boolean queued;
        private boolean sealed;

        Chunk(byte[] bytes, boolean single) {
            this.bytes = bytes;
            this.single = single;
            this.view = ByteBuffer.wrap(bytes);
        }

        byte[] bytes() {
            return bytes;
        }

        private ByteBuffer next(int end) {
            int start = read;
            int stop = end;
            if (!single) {
                view.clear().order(ByteOrder.BIG_ENDIAN);
                start += LENGTH_BYTES;
                stop = start + view.getInt(read);
            }
            read = stop;
            return view.clear().limit(stop).position(start).order(ByteOrder.BIG_ENDIAN);
        }
    }
}
