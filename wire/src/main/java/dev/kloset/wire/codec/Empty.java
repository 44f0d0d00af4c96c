package dev.kloset.wire.codec;

import java.nio.ByteBuffer;

/** Every message without fields: requests and answers of Ping and Close, and several of the store. */
public final class Empty {

    private Empty() {}

    public static ByteBuffer encode() {
        return ByteBuffer.allocate(0);
    }

    /** Accept a message whose fields do not matter, whatever later versions may add to it. */
    public static void decode(ByteBuffer message) {}
}
