package dev.kloset.wire.http2;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One stream. Any thread may use it. Whatever sends waits for the other end, in the order of the callers; waits end when the
 * stream fails, when its time is over and on interruption.
 */
public final class Http2Stream {

    private static final long NO_DEADLINE = Long.MIN_VALUE;

    private final int id;
    private final Senders senders;
    private final Outbound out;
    private final StreamWindow receiveWindow;
    private final ReentrantLock sending = new ReentrantLock(); // one sender at a time: messages must not mix
    private boolean answering; // guarded by sending
    private final Condition sendable;
    private volatile long deadline = NO_DEADLINE;

    // guarded by the lock of Outbound
    private int sendWindow;
    private boolean inLine;
    private boolean concluded;

    // written under the lock of Outbound
    private volatile boolean localEnded;
    private volatile boolean remoteEnded;
    private volatile boolean torn;
    private volatile @Nullable StreamFailure failure;

    // of the reader thread
    private @Nullable StreamListener listener;
    private boolean headersSeen;
    private long announcedBytes = -1;
    private long receivedBytes;

    Http2Stream(int id, Outbound out, Senders senders, StreamWindow receiveWindow) {
        this.id = id;
        this.out = out;
        this.senders = senders;
        this.receiveWindow = receiveWindow;
        this.sendable = out.lock.newCondition();
    }

    public int id() {
        return id;
    }

    // ---- for the application

    /** Let every later wait end at this value of {@link System#nanoTime} with a {@link StreamTimeoutException}. */
    public void deadline(long nanoTime) {
        deadline = nanoTime == NO_DEADLINE ? nanoTime + 1 : nanoTime;
    }

    /** {@return whether {@link #deadline} was called} */
    public boolean hasDeadline() {
        return deadline != NO_DEADLINE;
    }

    /** {@return nanoseconds until the deadline, zero or less if it has passed; only if there is one} */
    public long nanosLeft() {
        return deadline - System.nanoTime();
    }

    /** Send a payload, not empty. If this fails half way, also by interruption, {@link #isTorn} is true. */
    public void data(Payload payload, boolean end) throws IOException, InterruptedException {
        acquire();
        try {
            senders.data(this, payload, end, false);
        } finally {
            sending.unlock();
        }
    }

    /**
     * Send a payload, not empty, and before the first one these headers. Interruption ends the wait for the first byte to
     * go; after that the payload is sent whole, because an answer that is cut short makes the status behind it unreadable.
     * The interrupt is kept then. The waits still end when the stream fails, which the other end can bring about.
     */
    public void answer(HeaderBlock headers, Payload payload) throws IOException, InterruptedException {
        acquire();
        try {
            if (!answering) {
                senders.headers(this, headers, false);
                answering = true;
            }
            senders.data(this, payload, false, true);
        } finally {
            sending.unlock();
        }
    }

    /** Send the last word: trailers, or if nothing was answered so far, headers that are also the end. */
    public void endAnswer(HeaderBlock trailers, HeaderBlock headersOnly) throws IOException, InterruptedException {
        acquire();
        try {
            senders.headers(this, answering ? trailers : headersOnly, true);
        } finally {
            sending.unlock();
        }
    }

    /** Say that nothing more comes. */
    public void end() throws IOException, InterruptedException {
        acquire();
        try {
            senders.end(this);
        } finally {
            sending.unlock();
        }
    }

    /** End the stream now if it has not ended. Does not wait. */
    public void reset(ErrorCode code, String reason) {
        fail(new StreamFailure(StreamFailure.Origin.US, code, reason), true);
    }

    /** Tell that the application has taken this many bytes of data, so that as many may follow. */
    public void consumed(int bytes) {
        int increment = receiveWindow.consumed(bytes);
        if (increment > 0 && !remoteEnded && failure == null) {
            out.windowUpdate(id, increment);
        }
    }

    /** {@return how much may arrive before the application takes any} */
    public int receiveWindow() {
        return receiveWindow.size();
    }

    /** {@return the longest header list that the other end takes} */
    public long maxHeaderListBytes() {
        return out.maxHeaderListBytes();
    }

    /** {@return whether the other end has said its last word} */
    public boolean isRemoteEnded() {
        return remoteEnded;
    }

    /** {@return whether nothing can be sent any more because we said so} */
    public boolean isLocalEnded() {
        return localEnded;
    }

    /** {@return whether a payload was sent in part} The other end cannot make sense of anything that follows. */
    public boolean isTorn() {
        return torn;
    }

    /** {@return what a sender would wait for now, in words; null if for nothing} */
    public @Nullable String holdUp() {
        return senders.holdUp(this);
    }

    private void acquire() throws IOException, InterruptedException {
        if (!hasDeadline()) {
            sending.lockInterruptibly();
        } else if (!sending.tryLock(nanosLeft(), TimeUnit.NANOSECONDS)) {
            throw new StreamTimeoutException();
        }
    }

    // ---- for the connection

    StreamListener listener() {
        if (listener == null) {
            throw new IllegalStateException("stream " + id + " has no listener");
        }
        return listener;
    }

    void listener(StreamListener first) {
        listener = first;
    }

    /** {@return false if the stream was over before} */
    boolean fail(StreamFailure reason, boolean tell) {
        if (!senders.fail(this, reason, tell)) {
            return false;
        }
        receiveWindow.close();
        listener().failed(reason);
        return true;
    }

    boolean isClosed() {
        return failure != null || localEnded && remoteEnded;
    }

    @Nullable
    StreamFailure failure() {
        return failure;
    }

    void failed(StreamFailure reason) {
        failure = reason;
    }

    void localEnded() {
        localEnded = true;
    }

    void remoteEnded() {
        remoteEnded = true;
        receiveWindow.close();
    }

    void tear() {
        torn = true;
    }

    // ---- sending, under the lock of Outbound

    int sendWindow() {
        return sendWindow;
    }

    /** {@return false if the window became larger than the protocol allows} */
    boolean addSendWindow(int change) {
        long size = (long) sendWindow + change;
        if (size > Integer.MAX_VALUE) {
            return false;
        }
        boolean opened = sendWindow <= 0 && size > 0;
        sendWindow = (int) size;
        if (opened) {
            wake();
        }
        return true;
    }

    boolean isInLine() {
        return inLine;
    }

    void inLine(boolean now) {
        inLine = now;
    }

    /** {@return whether trailers were sent, which say how it went} */
    boolean isConcluded() {
        return concluded;
    }

    void concluded() {
        concluded = true;
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    void await() throws IOException, InterruptedException {
        if (!hasDeadline()) {
            sendable.await();
            return;
        }
        long left = nanosLeft();
        if (left <= 0) {
            throw new StreamTimeoutException();
        }
        sendable.awaitNanos(left);
    }

    void wake() {
        sendable.signal();
    }

    // ---- receiving, on the reader thread

    StreamWindow window() {
        return receiveWindow;
    }

    boolean headersSeen() {
        return headersSeen;
    }

    void sawHeaders(long contentLength) {
        headersSeen = true;
        announcedBytes = contentLength;
    }

    /** {@return false if that is more than the headers announced, or at the end less} */
    boolean countBytes(int length, boolean end) {
        receivedBytes += length;
        return announcedBytes < 0 || (end ? receivedBytes == announcedBytes : receivedBytes <= announcedBytes);
    }
}
