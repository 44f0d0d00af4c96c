package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Headers;

/**
 * Receives the events of one stream in the order of the wire. Called on the connection's reader thread ({@link #failed} on any):
 * nothing here may block.
 */
public interface StreamListener {

    /** The other end sent its first headers: the request, or the answer. */
    void headers(Headers headers);

    /**
     * Take {@code length} bytes out of {@code buffer}, which is reused after this returns.
     *
     * @param last whether {@link #ended} follows at once
     */
    void data(byte[] buffer, int offset, int length, boolean last);

    /** The other end closed its side with these fields. */
    void trailers(Headers trailers);

    /** The other end closed its side without trailers. */
    void ended();

    /** The stream is over early. This is the last event, and comes at most once. */
    void failed(StreamFailure failure);
}
