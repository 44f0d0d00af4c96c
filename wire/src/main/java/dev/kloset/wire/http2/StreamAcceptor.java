package dev.kloset.wire.http2;

import org.jspecify.annotations.Nullable;

/** Takes the streams that the other end opens. */
@FunctionalInterface
public interface StreamAcceptor {

    /**
     * {@return who listens to {@code stream}, or null to refuse it: then the other end may try again} Called on the reader
     * thread. The stream can be used from the moment the listener is told the headers.
     */
    @Nullable
    StreamListener accept(Http2Stream stream, Headers headers);
}
