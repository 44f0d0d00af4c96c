package dev.kloset.wire.http2;

/** Bytes on their way into DATA frames. */
public interface Payload {

    /** {@return how many bytes are still to be taken} */
    int remaining();

    /** Take the next {@code length} bytes, at most {@link #remaining}. */
    void take(byte[] target, int offset, int length);
}
