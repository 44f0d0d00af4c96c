package dev.kloset.wire.http2;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Listens to streams and writes down what it is told, in words. */
final class Recorder implements StreamListener {

    final Http2Stream stream;
    private final BlockingQueue<String> events;

    private Recorder(Http2Stream stream, BlockingQueue<String> events) {
        this.stream = stream;
        this.events = events;
    }

    /** Takes the streams of one connection. */
    static final class Streams implements StreamAcceptor {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        final BlockingQueue<Http2Stream> opened = new LinkedBlockingQueue<>();

        @Override
        public StreamListener accept(Http2Stream stream, Headers headers) {
            opened.add(stream);
            return listen(stream);
        }

        Recorder listen(Http2Stream stream) {
            return new Recorder(stream, events);
        }
    }

    @Override
    public void headers(Headers headers) {
        events.add(stream.id() + " headers " + headers);
    }

    @Override
    public void data(byte[] buffer, int offset, int length) {
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
