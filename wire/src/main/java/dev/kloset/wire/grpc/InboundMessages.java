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
 * Complete messages of one call, between the reader thread that puts them in and the one application thread that takes them out.
 * The application takes everything there is under the lock, once, and then reads without it.
 *
 * <p>What the application has finished is reported to the stream, so that the other end may send as much again: a large message
 * when the application asks for the next one, small ones as soon as it takes them. While the application waits, an incomplete
 * message is let in although it may be larger than the window.
 */
final class InboundMessages {

    private final Http2Stream stream;
    private final SpareArrays spares;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private int partial; // bytes of an incomplete message
    private int missing; // known number of bytes that it lacks
    private boolean waiting;
    private boolean ended;
    private @Nullable Supplier<? extends IOException> failure;

    private volatile boolean discarded;
    private volatile boolean lasting;

    private @Nullable Chunk current; // written under lock by the application thread
    private int readable; // of the application thread

    InboundMessages(Http2Stream stream, SpareArrays spares) {
        this.stream = stream;
        this.spares = spares;
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
                stream.consumed(bytes);
                return;
            }
            if (!chunk.queued) {
                chunk.queued = true;
                chunks.add(chunk);
            }
            chunk.complete = complete;
            chunk.sealed = sealed;
            chunk.unreported += bytes;
            if (bytes > 0) {
                // The first message that is complete now includes the pieces that came before. Sealing a chunk completes none.
                chunk.unreported += partial;
                partial = 0;
            }
            waiting = false;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Count bytes of a message that is not complete, and lacks at least {@code more}. */
    void incomplete(int bytes, int more) {
        boolean wanted;
        lock.lock();
        try {
            if (discarded) {
                stream.consumed(bytes);
                return;
            }
            partial += bytes;
            missing = more;
            wanted = waiting;
        } finally {
            lock.unlock();
        }
        if (wanted) {
            stream.admit(more);
        }
    }

    /** {@return an array for {@code bytes}, which may have been used before} */
    byte[] array(int bytes) {
        return spares.take(bytes);
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

    /** Nothing more will come, and what has come is of no use. {@code why}, if present, replaces any earlier reason. */
    void discard(@Nullable Supplier<? extends IOException> why) {
        lock.lock();
        try {
            ended = true;
            if (why != null) {
                failure = why;
            }
            discarded = true;
            int unread = partial;
            partial = 0;
            for (Chunk chunk : chunks) {
                // The application may be reading a message of a chunk that it has taken; release() counts it.
                unread += chunk == current ? 0 : chunk.unreported;
            }
            chunks.clear();
            stream.consumed(unread);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The application will read no more messages. */
    void release() {
        discard(null);
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
        stream.release();
    }

    // ---- for the application thread

    /** Leave messages valid for good. Call it before the first is taken, and only if there are few. */
    void makeLasting() {
        lasting = true;
    }

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
                    stream.release();
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
            if (!chunk.single) {
                stream.consumed(chunk.unreported);
                chunk.unreported = 0;
            }
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
            if (!lasting) {
                spares.keep(first.bytes);
            }
            current = null;
            first = chunks.peek();
        }
        return first == null || first.read == first.complete ? null : first;
    }

    private void beginWaiting() {
        if (!waiting) {
            waiting = true;
            if (partial > 0) {
                stream.admit(missing);
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
     * An array with one large message, or with many small ones, each preceded by its length. The reader thread writes beyond
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
