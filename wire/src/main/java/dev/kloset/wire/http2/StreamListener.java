package dev.kloset.wire.http2;

/**
 * What happens on one stream, told in the order of the wire. Called on the connection's reader thread ({@link #failed} on any):
 * nothing here may block.
 */
public interface StreamListener {

    /** The other end sent its first headers: the request, or the answer. */
    void headers(Headers headers);

    /** Take {@code length} bytes out of {@code buffer}, which is used again when this returns. */
    void data(byte[] buffer, int offset, int length);

    /** The other end closed with these fields, its last word. */
    void trailers(Headers trailers);

    /** The other end closed without trailers. */
    void ended();

    /** The stream is over before its time. The last call, at most one. */
    void failed(StreamFailure failure);
}
