package dev.kloset.wire.http2;

import java.io.IOException;

/** Nothing more can be sent on this stream. */
public final class StreamEndedException extends IOException {

    private static final long serialVersionUID = 1;

    StreamEndedException(String message) {
        super(message);
    }
}
