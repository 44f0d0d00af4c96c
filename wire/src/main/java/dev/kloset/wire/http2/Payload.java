package dev.kloset.wire.http2;

/** Bytes on their way into DATA frames. */
public interface Payload {

    /** {@return how many bytes are still to be taken} */
    int remaining();

    /** Take the next {@code length} bytes, at most {@link #remaining}. */
    void take(byte[] target, int offset, int length);

    /** {@return whether it need not go out at once} Then it waits a moment for others that go with it in one write. */
    default boolean mayWait() {
        return false;
    }
}
