package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.frame.Payload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that send, and what they wait for: windows of the other end, room among the pending frames. Everything is under the
 * lock of {@link SendQueue}.
 *
 * <p>No wake-up can be missed, because these statements hold whenever a thread releases the lock:
 * <ol>
 * <li>If streams are in line and there is room and connection window for a frame, the first in line is awake. When it leaves the
 * line, for whatever reason, it wakes the next.
 * <li>If a stream waits outside the line, its own window is used up. The thread that opens the window again wakes it.
 * <li>If a stream waits with headers, there is no room. When there is room, all such streams are woken.
 * <li>If a thread waits to open a stream, what {@link StreamOpenings} says holds. This class tells that one about room, and about
 * streams that end.
 * <li>If a stream has failed, or nothing more can be sent, all threads concerned have been woken.
 * </ol>
 * At most one thread sends on a stream at a time ({@link Http2Stream} ensures that), so a stream needs only one condition.
 */
final class SendScheduler {

    private static final int FRAME_ROOM = Frame.MAX_PAYLOAD + Frame.HEADER_BYTES;

    /** What a whole answer takes besides its payload, with plenty of room for the headers of its frames. */
    private static final int ROOM_OF_AN_ANSWER = Frame.MAX_PAYLOAD;

    private final SendQueue out;
    private final ReentrantLock lock;
    private final Streams streams;
    private final StreamOpenings openings;

    // guarded by lock
    private final ArrayDeque<Http2Stream> line = new ArrayDeque<>();
    private final ArrayDeque<Http2Stream> withHeaders = new ArrayDeque<>();
    private int window = Frame.DEFAULT_WINDOW;

    SendScheduler(SendQueue out, Streams streams, StreamOpenings openings) {
        this.out = out;
        this.lock = out.lock;
        this.streams = streams;
        this.openings = openings;
        out.onRoom(this::roomAgain);
    }

    // ---- DATA

    /**
     * Send a payload; its last byte is pending when this returns.
     *
     * @param whole whether an interrupt in the middle waits until the whole payload is sent, instead of tearing it
     */
    void data(Http2Stream stream, Payload payload, boolean end, boolean whole)
            throws IOException, InterruptedException {
        if (stream.isTorn()) {
            // Anything that came now would be read as the rest of that message.
            throw new StreamEndedException("a message was sent in part only");
        }
        int left = payload.remaining();
        boolean begun = false;
        boolean interrupted = false;
        try {
            while (left > 0) {
                try {
                    // Releasing the lock after each frame lets other streams in between.
                    left -= frame(stream, payload, left, end);
                    begun = true;
                } catch (InterruptedException e) {
                    if (!begun || !whole) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (begun && left > 0) {
                tear(stream);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int frame(Http2Stream stream, Payload payload, int wanted, boolean end)
            throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            int length = awaitTurn(stream, wanted);
            boolean last = length == wanted;
            out.pending().data(payload, length, end && last ? Frame.END_STREAM : 0, stream.id());
            window -= length;
            stream.addSendWindow(-length);
            if (end && last) {
                localEnd(stream);
            }
            if (out.isWorthWriting() || last && !payload.mayWait()) {
                out.wakeWriter();
            } else if (last) {
                out.wakeWriterSoon();
            }
            return length;
        } finally {
            leaveLine(stream);
            lock.unlock();
        }
    }

    private int awaitTurn(Http2Stream stream, int wanted) throws IOException, InterruptedException {
        while (true) {
            checkOpen(stream);
            int granted = grant(stream, wanted);
            if (granted > 0) {
                return granted;
            }
            if (stream.sendWindow() <= 0) {
                leaveLine(stream); // no stream may wait for the window of another one
            } else if (!stream.isInLine()) {
                line.addLast(stream);
                stream.inLine(true);
            }
            out.wakeWriter(); // what we wait for may depend on what we have appended
            stream.await();
        }
    }

    /** {@return how much may go out now, in one frame} All but the first in line leave room for one frame to the first. */
    private int grant(Http2Stream stream, int wanted) {
        Http2Stream first = line.peekFirst();
        int reserved = first == null || first == stream ? 0 : Frame.MAX_PAYLOAD;
        int length = Math.min(wanted, Frame.MAX_PAYLOAD);
        if (out.room() - reserved < length + Frame.HEADER_BYTES) {
            return 0;
        }
        return Math.min(length, Math.min(stream.sendWindow(), window - reserved));
    }

    private void leaveLine(Http2Stream stream) {
        if (stream.isInLine()) {
            line.remove(stream);
            stream.inLine(false);
        }
        wakeFirst();
    }

    private void wakeFirst() {
        Http2Stream first = line.peekFirst();
        if (first != null && window > 0 && out.room() >= FRAME_ROOM) {
            first.wake();
        }
    }

    private void tear(Http2Stream stream) {
        lock.lock();
        try {
            stream.tear();
            out.wakeWriter();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what a sender on this stream would wait for now, in words, or null} For diagnostics. */
    @Nullable
    String blockedOn(Http2Stream stream) {
        lock.lock();
        try {
            if (stream.sendWindow() <= 0) {
                return "the host to take what was sent in this call: its flow-control window is used up";
            }
            if (window <= 0) {
                return "the host to read: the flow-control window of the whole connection is used up";
            }
            return out.room() <= 0
                    ? "the host to read its pipe: " + out.pending().size() + " bytes are queued"
                    : null;
        } finally {
            lock.unlock();
        }
    }

    // ---- headers, which need no window

    void headers(Http2Stream stream, HeaderBlock block, boolean end) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom(stream);
            out.headers(block, stream.id(), end);
            if (end) {
                stream.concluded();
                localEnd(stream);
            }
        } finally {
            withHeaders.remove(stream);
            lock.unlock();
        }
    }

    /**
     * Send a whole answer if there is room and window for all of it, and no sender waits.
     *
     * @return false if nothing was sent
     */
    boolean answerNow(Http2Stream stream, HeaderBlock headers, @Nullable Payload payload, HeaderBlock last) {
        lock.lock();
        try {
            int length = payload == null ? 0 : payload.remaining();
            if (out.over() != null || stream.isClosed() || stream.isLocalEnded() || !line.isEmpty()
                    || length > Math.min(stream.sendWindow(), window) || out.room() < length + ROOM_OF_AN_ANSWER) {
                return false;
            }
            if (payload != null) {
                out.headers(headers, stream.id(), false);
                window -= length;
                stream.addSendWindow(-length);
                for (int frame; length > 0; length -= frame) {
                    frame = Math.min(length, Frame.MAX_PAYLOAD);
                    out.pending().data(payload, frame, 0, stream.id());
                }
            }
            out.headers(last, stream.id(), true);
            stream.concluded();
            localEnd(stream);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Declare that nothing more follows on a stream. */
    void end(Http2Stream stream) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom(stream);
            out.pending().frame(0, Frame.DATA, Frame.END_STREAM, stream.id());
            localEnd(stream);
            out.wakeWriter();
        } finally {
            withHeaders.remove(stream);
            lock.unlock();
        }
    }

    private void awaitRoom(Http2Stream stream) throws IOException, InterruptedException {
        checkOpen(stream);
        if (out.room() <= 0) {
            withHeaders.add(stream);
        }
        while (out.room() <= 0) {
            stream.await();
            checkOpen(stream);
        }
    }

    private void checkOpen(Http2Stream stream) throws StreamEndedException {
        StreamFailure failure = stream.failure();
        String reason = failure != null ? failure.text() : out.over();
        if (reason == null && stream.isLocalEnded()) {
            reason = "the stream was ended before";
        }
        if (reason != null) {
            throw new StreamEndedException(reason);
        }
    }

    // ---- how streams end

    private void localEnd(Http2Stream stream) {
        stream.localEnded();
        if (stream.isClosed()) {
            forget(stream, ClosedStreams.End.ENDED);
        }
    }

    void remoteEnd(Http2Stream stream) {
        lock.lock();
        try {
            stream.remoteEnded();
            if (stream.isClosed()) {
                forget(stream, ClosedStreams.End.ENDED);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether the stream was still open} If so, it has failed now, and the other end receives a reset if {@code tell}.
     * The stream's pending data is dropped, unless trailers follow that the other end may still read: without the data they would
     * be false.
     */
    boolean fail(Http2Stream stream, StreamFailure failure, boolean tell) {
        lock.lock();
        try {
            if (stream.isClosed()) {
                return false;
            }
            stream.failed(failure);
            stream.wake();
            if (failure.origin() == StreamFailure.Origin.PEER || !stream.isConcluded()) {
                dropData(stream.id());
            }
            if (tell) {
                out.reset(stream.id(), failure.code());
            }
            forget(stream, tell ? ClosedStreams.End.RESET_BY_US : ClosedStreams.End.RESET_BY_PEER);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The other end reset a stream that had ended for us: it does not want what is pending. */
    void resetAfterEnd(int id) {
        lock.lock();
        try {
            dropData(id);
        } finally {
            lock.unlock();
        }
    }

    /** Drop a stream's pending data. It was charged to the connection's window, but the other end will not count it. */
    private void dropData(int id) {
        // Only an end that opened the window too far can make it exceed the limit of the protocol.
        window = (int) Math.min(Integer.MAX_VALUE, (long) window + out.dropData(id));
        roomAgain();
    }

    private void forget(Http2Stream stream, ClosedStreams.End end) {
        streams.remove(stream, end);
        openings.wake();
    }

    // ---- what the other end says

    /** More may be sent on the connection. */
    void windowUpdate(int increment) throws ConnectionError {
        lock.lock();
        try {
            if (increment > Integer.MAX_VALUE - window) {
                throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a connection window beyond 2^31-1");
            }
            window += increment;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** {@return false if the window became larger than allowed} More may be sent on a stream. */
    boolean windowUpdate(Http2Stream stream, int increment) {
        lock.lock();
        try {
            return stream.addSendWindow(increment);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more can be sent. */
    void stop(String reason) {
        lock.lock();
        try {
            out.stop(reason);
            for (Http2Stream stream : streams.all()) {
                stream.wake();
            }
            openings.wake();
        } finally {
            lock.unlock();
        }
    }

    private void roomAgain() {
        for (Http2Stream stream : withHeaders) {
            stream.wake();
        }
        wakeFirst();
        openings.wake();
    }
}
