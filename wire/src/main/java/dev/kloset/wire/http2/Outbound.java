package dev.kloset.wire.http2;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out, and the lock that guards everything to do with sending: the frames that wait here, the windows and
 * the waiting senders of {@link Senders}, the states of {@link Streams}.
 *
 * <p>Only {@link FrameWriter} writes, from a thread of its own and without the lock. So a thread that reads never waits for the
 * pipe (two ends that both do would wait for each other for ever), an interrupt can never cut a frame in half, and a virtual
 * thread never holds its carrier in a write.
 *
 * <p>The writer cannot miss a wake-up: whoever appends signals {@link #wakeWriter} before the lock is given up, or, in the
 * middle of a message, before waiting or leaving. What may wait for others to go with it is waited for by the writer, with a
 * limit: nobody has to remember it.
 */
final class Outbound {

    final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    private final int maxBytes;
    private final int wakeAt;
    private final int maxReactions;
    private final long maxLingerNanos;

    // guarded by lock
    private Runnable onRoom = () -> {};
    private FrameBuffer pending;
    private FrameBuffer taken; // what the writer is at
    private int reactions;
    private boolean urgent; // what is pending shall go out now
    private boolean lingering; // the writer knows that there is something, and waits for more
    private @Nullable String over;

    private volatile long maxHeaderListBytes = Long.MAX_VALUE;

    Outbound(Http2Limits limits) {
        this.maxBytes = limits.maxPendingBytes();
        this.wakeAt = limits.maxWriteBytes();
        this.maxReactions = limits.maxQueuedControlFrames();
        this.maxLingerNanos = limits.maxLingerNanos();
        this.pending = new FrameBuffer(2 * maxBytes);
        this.taken = new FrameBuffer(2 * maxBytes);
    }

    /** Run {@code action} under the lock whenever the writer has taken everything. */
    void onRoom(Runnable action) {
        onRoom = action;
    }

    /** {@return the longest header list that the other end takes} */
    long maxHeaderListBytes() {
        return maxHeaderListBytes;
    }

    void maxHeaderListBytes(long bytes) {
        maxHeaderListBytes = bytes;
    }

    int queuedBytes() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- for senders, who hold the lock

    FrameBuffer pending() {
        return pending;
    }

    /** {@return bytes that may still be appended by those who wait for room; negative if control frames took more} */
    int room() {
        return maxBytes - pending.size();
    }

    boolean isWorthWriting() {
        return pending.size() >= wakeAt;
    }

    void wakeWriter() {
        urgent = true;
        work.signal();
    }

    /** Let the writer know that there is something that may wait a moment. */
    void wakeWriterSoon() {
        if (!lingering) {
            work.signal();
        }
    }

    /**
     * {@return how many bytes of content left} The DATA frames of a stream leave, as far as the pipe has nothing of them, since
     * nobody wants them any more. Other frames stay: they are small, and a header block may say something about the table of
     * the whole connection. There may be more room now.
     */
    int dropData(int stream) {
        return taken.dropData(stream) + pending.dropData(stream);
    }

    /** {@return why nothing can be sent any more} */
    @Nullable
    String over() {
        return over;
    }

    // ---- for the writer

    /** {@return what is to be written, null at the end} Waits for it. What was taken before is written. */
    @Nullable
    FrameBuffer take() {
        lock.lock();
        try {
            awaitWork();
            if (pending.size() == 0) {
                return null;
            }
            FrameBuffer written = taken;
            written.clear();
            taken = pending;
            pending = written;
            reactions = 0;
            urgent = false;
            onRoom.run();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What waits may leave again while we linger; only the end of sending makes that the end. */
    private void awaitWork() {
        do {
            while (pending.size() == 0 && over == null) {
                work.awaitUninterruptibly();
            }
            linger();
        } while (pending.size() == 0 && over == null);
    }

    /** {@return where the next write of what was taken ends} What is before that cannot leave any more. */
    int beginWrite(int maxBytes) {
        lock.lock();
        try {
            return taken.beginWrite(maxBytes);
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        lingering = true;
        try {
            long left = maxLingerNanos;
            while (!urgent && over == null && left > 0) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody knows the writer's thread; then do not wait
        } finally {
            lingering = false;
        }
    }

    /** From now on nothing is accepted; what is pending may still be taken. The caller wakes all senders. */
    void stop(String reason) {
        if (over == null) {
            over = reason;
        }
        wakeWriter();
    }

    /** The first thing that the other end reads. */
    void begin(byte[] preface, boolean client, Http2Limits limits) {
        lock.lock();
        try {
            pending.preface(preface);
            Settings.append(pending, client, limits);
            int more = limits.connectionWindow() - Frame.DEFAULT_WINDOW;
            if (more > 0) {
                windowUpdate(0, more);
            }
            wakeWriter();
        } finally {
            lock.unlock();
        }
    }

    // ---- control frames. They never wait for room: whoever reads must not be held up by an end that does not.

    void settingsAck() throws ConnectionError {
        lock.lock();
        try {
            if (reaction("SETTINGS")) {
                pending.frame(0, Frame.SETTINGS, Frame.ACK, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    void pingAck(byte[] buffer, int offset, int length) throws ConnectionError {
        lock.lock();
        try {
            if (reaction("PING")) {
                pending.frame(length, Frame.PING, Frame.ACK, 0);
                pending.add(buffer, offset, length);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Count an answer that is appended elsewhere. */
    void countReaction(String to) throws ConnectionError {
        lock.lock();
        try {
            reaction(to);
        } finally {
            lock.unlock();
        }
    }

    /** End a stream because of what the other end did. */
    void reject(int stream, ErrorCode code) throws ConnectionError {
        lock.lock();
        try {
            if (reaction("frames that we rejected")) {
                reset(stream, code);
            }
        } finally {
            lock.unlock();
        }
    }

    /** An end that makes us answer and does not read the answers could fill our memory. */
    private boolean reaction(String to) throws ConnectionError {
        if (over != null) {
            return false;
        }
        if (++reactions > maxReactions) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM,
                    "more than " + maxReactions + " unread answers, the last one to " + to);
        }
        wakeWriter();
        return true;
    }

    void windowUpdate(int stream, int increment) {
        lock.lock();
        try {
            if (over == null) {
                pending.frame(4, Frame.WINDOW_UPDATE, 0, stream);
                pending.int32(increment);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Append RST_STREAM; the caller holds the lock. */
    void reset(int stream, ErrorCode code) {
        if (over == null) {
            pending.frame(4, Frame.RST_STREAM, 0, stream);
            pending.int32(code.number());
            wakeWriter();
        }
    }

    void goAway(Streams streams, ErrorCode code, byte[] text) {
        lock.lock();
        try {
            if (over == null) {
                pending.frame(8 + text.length, Frame.GOAWAY, 0, 0);
                pending.int32(streams.lastId());
                pending.int32(code.number());
                pending.add(text, 0, text.length);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
    }
}
