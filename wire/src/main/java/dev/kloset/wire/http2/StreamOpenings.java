package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.HeaderBlock;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How streams begin: those that the other end opens, and those that we open, for which threads wait. Everything is under the lock
 * of {@link SendQueue}.
 *
 * <p>No wake-up can be missed. A thread waits here because there is no room among the pending frames, or the other end takes no
 * more streams. When both change, one thread is woken, and wakes the next when it leaves. When no more streams can be opened,
 * all are woken.
 */
final class StreamOpenings {

    private final SendQueue out;
    private final ReentrantLock lock;
    private final Streams streams;
    private final Condition mayOpen;

    // guarded by lock
    private int initialWindow = Frame.DEFAULT_WINDOW;
    private long maxStreams = Integer.MAX_VALUE;
    private @Nullable String refusesNew;

    StreamOpenings(SendQueue out, Streams streams) {
        this.out = out;
        this.lock = out.lock;
        this.streams = streams;
        this.mayOpen = lock.newCondition();
    }

    // ---- ours

    /** Open a stream with these headers. Waits while the other end takes no more, but no longer than {@code patienceNanos}. */
    <L extends StreamListener> L open(HeaderBlock block, long patienceNanos, IntFunction<Http2Stream> create,
            Function<Http2Stream, L> listen) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (!mayOpen()) {
                if (left <= 0) {
                    throw new StreamTimeoutException();
                }
                left = mayOpen.awaitNanos(left);
            }
            Http2Stream stream = create.apply(streams.nextId());
            L listener = listen.apply(stream);
            stream.listener(listener);
            add(stream);
            out.headers(block, stream.id(), false);
            return listener;
        } finally {
            wake();
            lock.unlock();
        }
    }

    private boolean mayOpen() throws StreamEndedException {
        String reason = out.over() != null ? out.over() : refusesNew;
        if (reason == null && streams.nextId() < 0) {
            reason = "the connection has used up its stream numbers";
        }
        if (reason != null) {
            throw new StreamEndedException(reason);
        }
        return streams.openCount() < maxStreams && out.room() > 0;
    }

    /**
     * There may be room again, a stream has ended, or nothing more can be sent. A thread that holds the lock and brings any
     * of these about calls this before it releases the lock.
     */
    void wake() {
        if (out.over() != null || refusesNew != null) {
            mayOpen.signalAll();
        } else if (streams.openCount() < maxStreams && out.room() > 0) {
            mayOpen.signal();
        }
    }

    // ---- those of the other end

    /** {@return false if the connection is over} Otherwise a stream that the other end opened is now one of the streams. */
    boolean accepted(Http2Stream stream) {
        lock.lock();
        try {
            if (out.over() != null) {
                return false;
            }
            add(stream);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Refuse the stream that the other end opened with this number. */
    void refuse(int id, ErrorCode code) throws ConnectionError {
        lock.lock();
        try {
            streams.refuse(id);
            out.reject(id, code);
        } finally {
            lock.unlock();
        }
    }

    private void add(Http2Stream stream) {
        stream.addSendWindow(initialWindow);
        streams.add(stream);
    }

    // ---- what the other end says

    /** All streams may send more or less than before. */
    void initialWindow(int size) throws ConnectionError {
        lock.lock();
        try {
            int change = size - initialWindow;
            initialWindow = size;
            for (Http2Stream stream : streams.all()) {
                if (!stream.addSendWindow(change)) {
                    throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a stream window beyond 2^31-1");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The other end takes this many streams at once. */
    void maxStreams(long count) {
        lock.lock();
        try {
            maxStreams = count;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** No more streams can be opened. */
    void refuseNew(String reason) {
        lock.lock();
        try {
            refusesNew = reason;
            wake();
        } finally {
            lock.unlock();
        }
    }
}
