package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.frame.Payload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One stream. Any thread may use it. Senders wait for the other end, in the order of their calls; waits end when the stream
 * fails, when its time is over and on interruption.
 */
public final class Http2Stream {

    private static final long NO_DEADLINE = Long.MIN_VALUE;

    private final int id;
    private final SendScheduler scheduler;
    private final SendQueue out;
    private final StreamWindow receiveWindow;
    private final ReentrantLock sending = new ReentrantLock(); // one sender at a time: messages must not mix
    private boolean answering; // guarded by sending
    private final Condition sendable;
    private volatile long deadline = NO_DEADLINE;

    // guarded by the lock of SendQueue
    private int sendWindow;
    private boolean inLine;
    private boolean concluded;

    // written under the lock of SendQueue
    private volatile boolean localEnded;
    private volatile boolean remoteEnded;
    private volatile boolean torn;
    private volatile @Nullable StreamFailure failure;

    // of the reader thread
    private @Nullable StreamListener listener;
    private boolean headersSeen;
    private long announcedBytes = -1;
    private long receivedBytes;

    Http2Stream(int id, SendQueue out, SendScheduler scheduler, WindowMemory memory, int tolerance) {
        this.id = id;
        this.out = out;
        this.scheduler = scheduler;
        this.receiveWindow = memory.window(tolerance, this::announce);
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

    /**
     * Send a payload, which must not be empty. If this fails half-way, by interruption or otherwise, {@link #isTorn} is true.
     */
    public void data(Payload payload, boolean end) throws IOException, InterruptedException {
        acquire();
        try {
            scheduler.data(this, payload, end, false);
        } finally {
            sending.unlock();
        }
    }

    /**
     * Send a payload, which must not be empty, and these headers before the first payload. Interruption ends the wait until the
     * first byte can go; after that the payload is sent whole, because a truncated answer makes the status that follows it
     * unreadable. In that case the interrupt is kept. The waits still end when the stream fails, which the other end can cause.
     */
    public void sendResponse(HeaderBlock headers, Payload payload) throws IOException, InterruptedException {
        acquire();
        try {
            if (!answering) {
                scheduler.headers(this, headers, false);
                answering = true;
            }
            scheduler.data(this, payload, false, true);
        } finally {
            sending.unlock();
        }
    }

    /**
     * Send a whole answer if nothing has to be waited for: headers, a payload if there is one, and trailers. Does not wait; for
     * the thread that reads, before any other thread answers.
     *
     * @param headersOnly what to send if there is no payload
     * @return false if nothing was sent
     */
    public boolean answerNow(HeaderBlock headers, @Nullable Payload payload, HeaderBlock trailers,
            HeaderBlock headersOnly) {
        if (!sending.tryLock()) {
            return false;
        }
        try {
            if (answering || !scheduler.answerNow(this, headers, payload, payload == null ? headersOnly : trailers)) {
                return false;
            }
            answering = true;
            return true;
        } finally {
            sending.unlock();
        }
    }

    /** End the answer: send trailers, or, if nothing was answered so far, headers that are also the end. */
    public void sendTrailers(HeaderBlock trailers, HeaderBlock headersOnly) throws IOException, InterruptedException {
        acquire();
        try {
            scheduler.headers(this, answering ? trailers : headersOnly, true);
        } finally {
            sending.unlock();
        }
    }

    /** Declare that nothing more follows. */
    public void end() throws IOException, InterruptedException {
        acquire();
        try {
            scheduler.end(this);
        } finally {
            sending.unlock();
        }
    }

    /** End the stream now if it has not ended. Does not wait. */
    public void reset(ErrorCode code, String reason) {
        fail(new StreamFailure(StreamFailure.Origin.US, code, reason), true);
    }

    /** Report that the application has finished this many bytes of data, so that as many may follow. */
    public void consumed(int bytes) {
        receiveWindow.consumed(bytes);
    }

    /**
     * Report that the application waits for a message that lacks at least this many bytes, however small the window is. They are
     * let in as soon as there is memory for them. Repeat the report whenever some of them have come.
     */
    public void admit(int bytes) {
        receiveWindow.admit(bytes);
    }

    /** Report that no data of this stream is left in memory, and that none will be wanted. */
    public void release() {
        receiveWindow.release();
    }

    /** {@return whether the application waits for a message that itself waits until others have left memory} */
    public boolean waitsForMemory() {
        return receiveWindow.waitsForMemory();
    }

    /** {@return how much may arrive before the application takes any} */
    public int receiveWindow() {
        return receiveWindow.size();
    }

    /** {@return the longest header list that the other end takes} */
    public long maxHeaderListBytes() {
        return out.maxHeaderListBytes();
    }

    /** {@return whether the other end has closed its side} */
    public boolean isRemoteEnded() {
        return remoteEnded;
    }

    /** {@return whether nothing more can be sent because we closed our side} */
    public boolean isLocalEnded() {
        return localEnded;
    }

    /** {@return whether a payload was sent in part} The other end cannot understand anything that follows. */
    public boolean isTorn() {
        return torn;
    }

    /** {@return what a sender would wait for now, in words; null if nothing} */
    public @Nullable String blockedOn() {
        return scheduler.blockedOn(this);
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
        if (!scheduler.fail(this, reason, tell)) {
            return false;
        }
        receiveWindow.close();
        listener().failed(reason);
        return true;
    }

    boolean isClosed() {
        return failure != null || localEnded && remoteEnded;
    }

    public @Nullable StreamFailure failure() {
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

    // ---- sending, under the lock of SendQueue

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

    /** {@return whether trailers were sent, which hold the status} */
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

    private void announce(int increment) {
        if (!remoteEnded && failure == null) {
            out.windowUpdate(id, increment);
        }
    }

    boolean headersSeen() {
        return headersSeen;
    }

    void sawHeaders(long contentLength) {
        headersSeen = true;
        announcedBytes = contentLength;
    }

    /** {@return false if that is more than the headers announced, or, at the end, less} */
    boolean countBytes(int length, boolean end) {
        receivedBytes += length;
        return announcedBytes < 0 || (end ? receivedBytes == announcedBytes : receivedBytes <= announcedBytes);
    }
}
