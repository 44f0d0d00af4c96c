package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.HeaderRules;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.frame.HpackDecoder;
import org.jspecify.annotations.Nullable;

/** What frames mean to their streams: RFC 9113, section 5.1. On the reader thread. */
final class StreamFrames {

    private final boolean client;
    private final SendQueue out;
    private final SendScheduler scheduler;
    private final StreamOpenings openings;
    private final Streams streams;
    private final Http2Limits limits;
    private final WindowMemory memory;
    private final HpackDecoder decoder;
    private final @Nullable StreamAcceptor acceptor;
    private volatile boolean settingsAcknowledged;

    StreamFrames(SendQueue out, SendScheduler scheduler, StreamOpenings openings, Streams streams, Http2Limits limits,
            @Nullable StreamAcceptor acceptor) {
        this.client = acceptor == null;
        this.out = out;
        this.scheduler = scheduler;
        this.openings = openings;
        this.streams = streams;
        this.limits = limits;
        this.memory = new WindowMemory(limits);
        this.decoder = new HpackDecoder(limits.maxHeaderListBytes());
        this.acceptor = acceptor;
    }

    /** {@return a stream that we open} */
    Http2Stream newStream(int id) {
        int tolerance = tolerance();
        memory.chargeTolerance(tolerance);
        return new Http2Stream(id, out, scheduler, memory, tolerance);
    }

    /** Until our SETTINGS have arrived, the other end uses the initial window of HTTP/2. */
    private int tolerance() {
        return settingsAcknowledged ? 0 : memory.tolerance();
    }

    void settingsAcknowledged() {
        settingsAcknowledged = true;
    }

    void data(int id, byte[] buffer, int offset, int length, int padding, boolean end) throws ConnectionError {
        Http2Stream stream = streams.find(id);
        if (stream == null) {
            late(id, "DATA");
        } else if (stream.isRemoteEnded()) {
            fail(stream, ErrorCode.STREAM_CLOSED, "data after the end");
        } else if (!stream.window().received(length + padding)) {
            fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "more data than its window allows");
        } else if (!stream.headersSeen() || !stream.countBytes(length, end)) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, "data that its headers did not announce");
        } else {
            if (padding > 0) {
                stream.window().padded(padding);
            }
            if (!end) {
                stream.window().expectMore();
            }
            if (length > 0) {
                stream.listener().data(buffer, offset, length, end);
            }
            if (end) {
                scheduler.remoteEnd(stream);
                stream.listener().ended();
            }
        }
    }

    void headers(int id, boolean end, byte[] block, int offset, int length) throws ConnectionError {
        // Decoded first, even if the stream does not want it: the decoder's table must see every block.
        Headers headers = decoder.decode(block, offset, length);
        Http2Stream stream = streams.find(id);
        if (stream == null) {
            unknown(id, end, headers);
        } else if (stream.isRemoteEnded()) {
            fail(stream, ErrorCode.STREAM_CLOSED, "headers after the end");
        } else if (headers.isTooLarge()) {
            fail(stream, ErrorCode.ENHANCE_YOUR_CALM, "headers of more than " + limits.maxHeaderListBytes() + " bytes");
        } else if (stream.headersSeen()) {
            trailers(stream, end, headers);
        } else {
            answer(stream, end, headers);
        }
    }

    private void unknown(int id, boolean end, Headers headers) throws ConnectionError {
        if (!client && isNew(id)) {
            request(id, end, headers);
        } else {
            late(id, "HEADERS");
        }
    }

    private boolean isNew(int id) throws ConnectionError {
        out.lock.lock();
        try {
            if ((id & 1) == 1 && !streams.isIdle(id) && streams.endOf(id) == ClosedStreams.End.FORGOTTEN) {
                throw ConnectionError.protocol("stream " + id + " is opened after a later one");
            }
            return (id & 1) == 1 && streams.isIdle(id);
        } finally {
            out.lock.unlock();
        }
    }

    private void request(int id, boolean end, Headers headers) throws ConnectionError {
        long length = HeaderRules.contentLength(headers);
        if (headers.isTooLarge()) {
            openings.refuse(id, ErrorCode.ENHANCE_YOUR_CALM);
        } else if (HeaderRules.requestFault(headers) != null || length == HeaderRules.BAD_LENGTH || end && length > 0) {
            openings.refuse(id, ErrorCode.PROTOCOL_ERROR);
        } else if (!accept(id, end, headers, length)) {
            openings.refuse(id, ErrorCode.REFUSED_STREAM);
        }
    }

    private boolean accept(int id, boolean end, Headers headers, long length) {
        if (acceptor == null || streams.openCount() >= limits.maxConcurrentStreams()) {
            return false;
        }
        int tolerance = tolerance();
        if (!memory.takeTolerance(tolerance)) {
            return false;
        }
        Http2Stream stream = new Http2Stream(id, out, scheduler, memory, tolerance);
        StreamListener listener = acceptor.accept(stream, headers);
        if (listener == null) {
            stream.release();
            return false;
        }
        stream.listener(listener);
        stream.sawHeaders(length);
        if (!openings.accepted(stream)) {
            stream.release();
            return false;
        }
        listener.headers(headers);
        if (end) {
            scheduler.remoteEnd(stream);
            listener.ended();
        }
        return true;
    }

    private void answer(Http2Stream stream, boolean end, Headers headers) throws ConnectionError {
        String fault = HeaderRules.responseFault(headers);
        long length = HeaderRules.contentLength(headers);
        String status = headers.first(":status");
        if (fault != null || status == null || length == HeaderRules.BAD_LENGTH) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, fault == null ? "a bad content-length" : fault);
            return;
        }
        if (status.startsWith("1") && !end) {
            return; // a preliminary answer: the real one follows
        }
        stream.sawHeaders(length);
        stream.listener().headers(headers);
        if (end) {
            scheduler.remoteEnd(stream);
            stream.listener().ended();
        }
    }

    private void trailers(Http2Stream stream, boolean end, Headers headers) throws ConnectionError {
        String fault = end ? HeaderRules.trailersFault(headers) : "headers in the middle of the data";
        if (fault == null && !stream.countBytes(0, true)) {
            fault = "less data than its headers announced";
        }
        if (fault != null) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, fault);
            return;
        }
        scheduler.remoteEnd(stream);
        stream.listener().trailers(headers);
    }

    void reset(int id, ErrorCode code) throws ConnectionError {
        Http2Stream stream = streams.find(id);
        if (stream != null) {
            String reason = code == ErrorCode.REFUSED_STREAM
                    ? "the other end has no room for it"
                    : "the stream was reset with " + code;
            stream.fail(new StreamFailure(StreamFailure.Origin.PEER, code, reason), false);
        } else {
            requireUsed(id, "RST_STREAM");
            scheduler.resetAfterEnd(id);
        }
    }

    void windowUpdate(int id, int increment) throws ConnectionError {
        Http2Stream stream = streams.find(id);
        if (stream == null) {
            requireUsed(id, "WINDOW_UPDATE");
        } else if (increment == 0) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, "a WINDOW_UPDATE of nothing");
        } else if (!scheduler.windowUpdate(stream, increment)) {
            fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "a window beyond 2^31-1");
        }
    }

    /** The other end will not serve the streams after {@code lastId}, nor any new ones. */
    void refusedAfter(int lastId, String reason) {
        openings.refuseNew(reason);
        for (Http2Stream stream : streams.snapshot()) {
            if (stream.id() > lastId) {
                stream.fail(new StreamFailure(StreamFailure.Origin.PEER, ErrorCode.REFUSED_STREAM, reason), false);
            }
        }
    }

    private void fail(Http2Stream stream, ErrorCode code, String text) throws ConnectionError {
        out.countReaction("a broken stream");
        String reason = "the other end sent " + text;
        if (!stream.fail(new StreamFailure(StreamFailure.Origin.PROTOCOL, code, reason), true)) {
            late(stream.id(), text); // we had just closed our side
        }
    }

    /** A frame on a stream that is not open. Allowed if it was on its way when we reset the stream. */
    private void late(int id, String what) throws ConnectionError {
        requireUsed(id, what);
        switch (endOf(id)) {
            case ENDED ->
                throw new ConnectionError(ErrorCode.STREAM_CLOSED, what + " on stream " + id + ", which ended");
            case RESET_BY_PEER -> out.reject(id, ErrorCode.STREAM_CLOSED);
            case RESET_BY_US, FORGOTTEN -> {
                // On its way when the stream was reset, or too long ago to tell.
            }
        }
    }

    private void requireUsed(int id, String what) throws ConnectionError {
        out.lock.lock();
        try {
            if (streams.isIdle(id)) {
                throw ConnectionError.protocol(what + " on stream " + id + ", which was never opened");
            }
        } finally {
            out.lock.unlock();
        }
    }

    private ClosedStreams.End endOf(int id) {
        out.lock.lock();
        try {
            return streams.endOf(id);
        } finally {
            out.lock.unlock();
        }
    }
}
