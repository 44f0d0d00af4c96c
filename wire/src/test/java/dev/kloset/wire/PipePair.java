package dev.kloset.wire;

import dev.kloset.wire.stdio.MemoryPipe;

/**
 * The two pipes between a host and a plugin, in memory.
 *
 * @param toServer what the client writes
 * @param toClient what the server writes
 */
public record PipePair(MemoryPipe toServer, MemoryPipe toClient) {

    /** {@return pipes as the operating system makes them} */
    public static PipePair usual() {
        return new PipePair(new MemoryPipe(), new MemoryPipe());
    }

    /** {@return pipes that hold {@code capacity} bytes, of which a read takes {@code maxRead} at most} */
    public static PipePair of(int capacity, int maxRead) {
        return new PipePair(new MemoryPipe(capacity, () -> maxRead), new MemoryPipe(capacity, () -> maxRead));
    }
}
