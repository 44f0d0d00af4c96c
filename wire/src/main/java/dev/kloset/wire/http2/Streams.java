package dev.kloset.wire.http2;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection and how they end. Only the client opens streams, so all of them have odd numbers. Everything
 * except {@link #find} and {@link #snapshot} needs the lock of {@link SendQueue}.
 */
final class Streams {

    private final ConcurrentHashMap<Integer, Http2Stream> open = new ConcurrentHashMap<>();
    private final ClosedStreams closed = new ClosedStreams();
    private int lastId = -1;

    private @Nullable Http2Stream lastFound; // of the reader thread: most frames belong to the stream of the previous frame

    /** {@return the open stream of that number} Called by the reader thread only, without the lock. */
    @Nullable
    Http2Stream find(int id) {
        Http2Stream last = lastFound;
        if (last != null && last.id() == id && !last.isClosed()) {
            return last;
        }
        last = open.get(id);
        lastFound = last;
        return last;
    }

    List<Http2Stream> snapshot() {
        return List.copyOf(open.values());
    }

    Collection<Http2Stream> all() {
        return open.values();
    }

    int openCount() {
        return open.size();
    }

    /** {@return whether a stream of that number was never opened} */
    boolean isIdle(int id) {
        return (id & 1) == 0 || id > lastId;
    }

    int lastId() {
        return Math.max(lastId, 0);
    }

    /** {@return the number of the next stream that we open, negative if none is left} */
    int nextId() {
        return lastId + 2;
    }

    void add(Http2Stream stream) {
        lastId = stream.id();
        open.put(stream.id(), stream);
    }

    /** A stream was opened and refused. */
    void refuse(int id) {
        lastId = id;
        closed.add(id, ClosedStreams.End.RESET_BY_US);
    }

    void remove(Http2Stream stream, ClosedStreams.End end) {
        if (open.remove(stream.id()) != null) {
            closed.add(stream.id(), end);
        }
    }

    ClosedStreams.End endOf(int id) {
        return closed.find(id);
    }
}
