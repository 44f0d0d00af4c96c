package dev.kloset.wire.http2;

import java.io.IOException;

/** The time of a stream is over. */
public final class StreamTimeoutException extends IOException {

    private static final long serialVersionUID = 1;

    public StreamTimeoutException() {
        super("the time of the stream is over");
    }
}
