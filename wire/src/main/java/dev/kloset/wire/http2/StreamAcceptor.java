package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Headers;
import org.jspecify.annotations.Nullable;

/** Accepts the streams that the other end opens. */
@FunctionalInterface
public interface StreamAcceptor {

    /**
     * {@return the listener of {@code stream}, or null to refuse it: then the other end may try again} Called on the reader
     * thread. The stream can be used as soon as the listener receives the headers.
     */
    @Nullable
    StreamListener accept(Http2Stream stream, Headers headers);
}
