package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.FrameBuffer;
import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.frame.HpackDecoder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out, and the lock that guards everything about sending: the frames that wait here, the windows and the
 * waiting senders of {@link SendScheduler}, the states of {@link Streams}.
 *
 * <p>Only {@link FrameWriter} writes, from a thread of its own and without the lock. So a thread that reads never waits for the
 * pipe (two ends that both do would wait for each other for ever), an interrupt can never cut a frame in half, and a virtual
 * thread never holds its carrier in a write.
 *
 * <p>The writer cannot miss a wake-up: a thread that appends signals {@link #wakeWriter} before it releases the lock, or, in the
 * middle of a message, before it waits or leaves. The thread that reads wakes it once for everything that has come, before it
 * waits for more ({@link #wakeWriterNow}). If something may wait for others to go out with it, the writer itself waits, with a
 * limit: no sender has to remember it.
 */
final class SendQueue {

    final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    private final int maxBytes;
    private final int wakeAt;
    private final int maxReactions;
    private final long maxLingerNanos;

    // guarded by lock
    private @Nullable Runnable onRoom;
    private FrameBuffer pending;
    private FrameBuffer taken; // what the writer is writing
    private int reactions;
    private boolean urgent; // pending frames must go out now
    private @Nullable Thread reader;
    private boolean owed; // the reader has not woken the writer yet
    private boolean lingering; // the writer knows that there is something, and waits for more
    private boolean announceNoTable; // with the next headers
    private @Nullable String over;

    private volatile long maxHeaderListBytes = Long.MAX_VALUE;

    SendQueue(Http2Limits limits) {
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

    /** The table for our fields has a new limit. We use no table, but must announce that if the limit went down. */
    void tableSize(long bytes) {
        lock.lock();
        try {
            announceNoTable |= bytes < HpackDecoder.TABLE_BYTES;
        } finally {
            lock.unlock();
        }
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

    // ---- for senders, which hold the lock

    FrameBuffer pending() {
        return pending;
    }

    /** {@return how many bytes senders that wait for room may still append; negative if control frames took more} */
    int room() {
        return maxBytes - pending.size();
    }

    boolean isWorthWriting() {
        return pending.size() >= wakeAt;
    }

    void wakeWriter() {
        urgent = true;
        if (Thread.currentThread() == reader) {
            owed = true;
        } else {
            work.signal();
        }
    }

    /** From now on the current thread is the one that reads. It calls {@link #wakeWriterNow} before it waits or ends. */
    void reading() {
        lock.lock();
        try {
            reader = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Wake the writer if this thread, the reader, owes it that. One wake-up for all answers: each costs a switch of threads. */
    void wakeWriterNow() {
        lock.lock();
        try {
            if (owed) {
                owed = false;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wake the writer for something that may wait a moment. */
    void wakeWriterSoon() {
        if (!lingering) {
            work.signal();
        }
    }

    /**
     * {@return how many bytes of content it has dropped} Drops the DATA frames of a stream that have not begun to go out, since
     * the other end no longer wants them. Other frames stay: they are small, and a header block may change the table of
     * the whole connection. There may be more room now.
     */
    int dropData(int stream) {
        return taken.dropData(stream) + pending.dropData(stream);
    }

    /** {@return why nothing more can be sent} */
    @Nullable
    String over() {
        return over;
    }

    /** Append headers, and wake the writer for them. */
    void headers(HeaderBlock block, int stream, boolean end) {
        block.append(pending, stream, end, announceNoTable);
        announceNoTable = false;
        wakeWriter();
    }

    // ---- for the writer

    /** {@return what is to be written, null at the end} Waits for it. What was taken before has been written. */
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
            if (onRoom != null) {
                onRoom.run();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What waits may be dropped again while the writer lingers; only the end of sending makes that the end. */
    private void awaitWork() {
        do {
            while (pending.size() == 0 && over == null) {
                work.awaitUninterruptibly();
            }
            linger();
        } while (pending.size() == 0 && over == null);
    }

    /** {@return where the next write of the taken frames ends} What is before that can no longer be dropped. */
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
            Thread.currentThread().interrupt(); // no other code knows the writer's thread; if it is interrupted anyway, do not wait
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

    // ---- control frames. They never wait for room: an end that does not read must not hold up our reader.

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
