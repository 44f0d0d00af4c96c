package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Headers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Listens to streams and writes their events down, in words. */
public final class Recorder implements StreamListener {

    public final Http2Stream stream;
    private final BlockingQueue<String> events;

    private Recorder(Http2Stream stream, BlockingQueue<String> events) {
        this.stream = stream;
        this.events = events;
    }

    /** Takes the streams of one connection. */
    public static final class Streams implements StreamAcceptor {
        public final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        public final BlockingQueue<Http2Stream> opened = new LinkedBlockingQueue<>();

        @Override
        public StreamListener accept(Http2Stream stream, Headers headers) {
            opened.add(stream);
            return listen(stream);
        }

        public Recorder listen(Http2Stream stream) {
            return new Recorder(stream, events);
        }
    }

    @Override
    public void headers(Headers headers) {
        events.add(stream.id() + " headers " + headers);
    }

    @Override
    public void data(byte[] buffer, int offset, int length, boolean last) {
        events.add(stream.id() + " data " + length);
    }

    @Override
    public void trailers(Headers trailers) {
        events.add(stream.id() + " trailers " + trailers);
    }

    @Override
    public void ended() {
        events.add(stream.id() + " ended");
    }

    @Override
    public void failed(StreamFailure failure) {
        events.add(stream.id() + " failed " + failure.origin() + " " + failure.code() + ": " + failure.text());
    }
}
