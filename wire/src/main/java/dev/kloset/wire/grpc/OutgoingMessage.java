package dev.kloset.wire.grpc;

import dev.kloset.wire.frame.Payload;
import java.nio.ByteBuffer;

/** A message of two parts after the prefix of gRPC, taken in pieces. The positions of the buffers stay where they are. */
final class OutgoingMessage implements Payload {

    private static final int PREFIX_BYTES = 5;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer head;
    private final ByteBuffer body;
    private final int headAt;
    private final int bodyAt;
    private final int headEnd; // ends are counted from the first byte of the prefix
    private final int end;
    private int taken;
    private boolean mayWait;

    private OutgoingMessage(ByteBuffer head, ByteBuffer body, int length) {
        this.head = head;
        this.body = body;
        this.headAt = head.position();
        this.bodyAt = body.position();
        this.headEnd = PREFIX_BYTES + head.remaining();
        this.end = PREFIX_BYTES + length;
    }

    /** {@return the message of the call {@code path}, if it is not longer than allowed} */
    static OutgoingMessage of(String path, ByteBuffer head, ByteBuffer body, int maxBytes) throws StatusException {
        long length = (long) head.remaining() + body.remaining();
        if (length > maxBytes || length > Integer.MAX_VALUE - PREFIX_BYTES) {
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED,
                    path + " cannot send a message of " + length + " bytes: the other end takes " + maxBytes
                            + " bytes at most");
        }
        return new OutgoingMessage(head, body, (int) length);
    }

    static OutgoingMessage of(String path, ByteBuffer message, int maxBytes) throws StatusException {
        return of(path, message, NOTHING, maxBytes);
    }

    /** {@return this} It goes out within a moment, together with messages that follow by then. */
    OutgoingMessage waiting() {
        mayWait = true;
        return this;
    }

    @Override
    public boolean mayWait() {
        return mayWait;
    }

    @Override
    public int remaining() {
        return end - taken;
    }

    @Override
    public void take(byte[] target, int offset, int length) {
        int at = offset;
        int stop = offset + length;
        while (at < stop) {
            int count;
            if (taken < PREFIX_BYTES) {
                target[at] = prefix(taken);
                count = 1;
            } else if (taken < headEnd) {
                count = Math.min(stop - at, headEnd - taken);
                head.get(headAt + taken - PREFIX_BYTES, target, at, count);
            } else {
                count = stop - at;
                body.get(bodyAt + taken - headEnd, target, at, count);
            }
            taken += count;
            at += count;
        }
    }

    /** Not compressed, and the length in four bytes. */
    private byte prefix(int index) {
        return index == 0 ? 0 : (byte) (end - PREFIX_BYTES >>> 8 * (PREFIX_BYTES - 1 - index));
    }
}
