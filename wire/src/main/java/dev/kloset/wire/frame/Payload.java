package dev.kloset.wire.frame;

/** Bytes on their way into DATA frames. */
public interface Payload {

    /** {@return how many bytes remain to be taken} */
    int remaining();

    /** Take the next {@code length} bytes, at most {@link #remaining}. */
    void take(byte[] target, int offset, int length);

    /** {@return whether it may go out later} If so, it waits a moment for others, to go out with them in one write. */
    default boolean mayWait() {
        return false;
    }
}
