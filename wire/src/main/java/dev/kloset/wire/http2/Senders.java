package dev.kloset.wire.http2;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Threads that send, and what they wait for: windows of the other end, room among the pending frames, a stream to open. All of
 * it under the lock of {@link Outbound}.
 *
 * <p>No wake-up can be missed, because whoever gives up the lock leaves these true:
 * <ol>
 * <li>Streams are in line and there is room and connection window for a frame: the first in line is awake. When it leaves the
 * line, for whatever reason, it wakes the next.
 * <li>A stream waits outside the line: its own window is used up. Whoever opens that again wakes it.
 * <li>A stream waits with headers: there is no room. When there is, all of these are woken.
 * <li>Somebody waits to open a stream: there is no room, or the other end takes no more. When both change, one is woken, and
 * wakes the next when it leaves.
 * <li>A stream failed, or nothing can be sent any more: all concerned were woken.
 * </ol>
 * At most one thread sends on a stream at a time ({@link Http2Stream} sees to it), so a stream needs only one condition.
 */
final class Senders {

    private static final int FRAME_ROOM = Frame.MAX_PAYLOAD + Frame.HEADER_BYTES;

    private final Outbound out;
    private final ReentrantLock lock;
    private final Streams streams;
    private final Condition mayOpen;

    // guarded by lock
    private final ArrayDeque<Http2Stream> line = new ArrayDeque<>();
    private final ArrayDeque<Http2Stream> withHeaders = new ArrayDeque<>();
    private int window = Frame.DEFAULT_WINDOW;
    private int initialWindow = Frame.DEFAULT_WINDOW;
    private long maxStreams = Integer.MAX_VALUE;
    private boolean announceNoTable;
    private @Nullable String refusesNew;

    Senders(Outbound out, Streams streams) {
        this.out = out;
        this.lock = out.lock;
        this.streams = streams;
        this.mayOpen = lock.newCondition();
        out.onRoom(this::roomAgain);
    }

    // ---- DATA

    /**
     * Send a payload; its last byte is pending when this returns.
     *
     * @param whole whether an interrupt in the middle waits until all of it is sent, instead of tearing it
     */
    void data(Http2Stream stream, Payload payload, boolean end, boolean whole)
            throws IOException, InterruptedException {
        if (stream.isTorn()) {
            // Whatever came now would be read as the rest of that message.
            throw new StreamEndedException("a message was sent in part only");
        }
        int left = payload.remaining();
        boolean begun = false;
        boolean interrupted = false;
        try {
            while (left > 0) {
                try {
                    // The lock is given up after each frame: that lets other streams in between.
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
                leaveLine(stream); // nobody shall wait for the window of another stream
            } else if (!stream.isInLine()) {
                line.addLast(stream);
                stream.inLine(true);
            }
            out.wakeWriter(); // what we wait for may depend on what we have appended
            stream.await();
        }
    }

    /** {@return how much may go out now, in one frame} Those not first in line leave a frame's worth to the first. */
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

    /** {@return what a sender on this stream would wait for now, in words, or null} For those who ask why nothing moves. */
    @Nullable
    String holdUp(Http2Stream stream) {
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

    /** Open a stream with these headers. Waits while the other end takes no more, but no longer than that. */
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
            append(stream, block, false);
            return listener;
        } finally {
            wakeOpener();
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

    private void wakeOpener() {
        if (out.over() != null || refusesNew != null) {
            mayOpen.signalAll();
        } else if (streams.openCount() < maxStreams && out.room() > 0) {
            mayOpen.signal();
        }
    }

    void headers(Http2Stream stream, HeaderBlock block, boolean end) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom(stream);
            append(stream, block, end);
        } finally {
            withHeaders.remove(stream);
            lock.unlock();
        }
    }

    /** Say that nothing more comes on a stream. */
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

    private void append(Http2Stream stream, HeaderBlock block, boolean end) {
        block.append(out.pending(), stream.id(), end, announceNoTable);
        announceNoTable = false;
        if (end) {
            stream.concluded();
            localEnd(stream);
        }
        out.wakeWriter();
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

    // ---- how streams begin and end

    /** {@return false if the connection is over} Otherwise a stream that the other end opened is among the others now. */
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

    /** Open no stream for the number that the other end chose. */
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
     * {@return whether the stream was still open} If so it has failed now, and the other end is told if wished. What waits of it
     * leaves, unless trailers follow that the other end may still read: without the data they would tell a lie.
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

    /** The other end reset a stream that had ended for us: what still waits is not wanted. */
    void resetAfterEnd(int id) {
        lock.lock();
        try {
            dropData(id);
        } finally {
            lock.unlock();
        }
    }

    /** What waits of a stream leaves. The connection's window was charged with it, but the other end will not count it. */
    private void dropData(int id) {
        // Only an other end that opened the window too far can bring it beyond what the protocol allows.
        window = (int) Math.min(Integer.MAX_VALUE, (long) window + out.dropData(id));
        roomAgain();
    }

    private void forget(Http2Stream stream, ClosedStreams.End end) {
        streams.remove(stream, end);
        wakeOpener();
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

    void maxStreams(long count) {
        lock.lock();
        try {
            maxStreams = count;
            wakeOpener();
        } finally {
            lock.unlock();
        }
    }

    /** The table for our fields has a new limit. We use no table, but must say so if the limit went down. */
    void tableSize(long bytes) {
        lock.lock();
        try {
            announceNoTable |= bytes < HpackDecoder.TABLE_BYTES;
        } finally {
            lock.unlock();
        }
    }

    /** No stream can be opened any more. */
    void refuseNew(String reason) {
        lock.lock();
        try {
            refusesNew = reason;
            wakeOpener();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing can be sent any more. */
    void stop(String reason) {
        lock.lock();
        try {
            out.stop(reason);
            for (Http2Stream stream : streams.all()) {
                stream.wake();
            }
            wakeOpener();
        } finally {
            lock.unlock();
        }
    }

    private void roomAgain() {
        for (Http2Stream stream : withHeaders) {
            stream.wake();
        }
        wakeFirst();
        wakeOpener();
    }
}
