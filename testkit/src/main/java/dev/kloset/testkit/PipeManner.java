package dev.kloset.testkit;

/**
 * How a pipe in memory behaves.
 *
 * @param capacity how many bytes fit in before a writer waits
 * @param maxRead how many bytes one read takes at most
 * @param stallEvery after how many bytes the reader takes nothing for a while
 * @param stallMillis how long that is; 0 for never
 * @param windowBytes the flow control window of the host's streams
 */
public record PipeManner(int capacity, int maxRead, long stallEvery, long stallMillis, int windowBytes) {

    private static final int KIB = 1024;

    /** As a pipe of the operating system. */
    public static final PipeManner ORDINARY = new PipeManner(64 * KIB, 64 * KIB, 0, 0, 256 * KIB);

    /** Nothing that is allowed is spared: one byte at a time, tiny windows, long pauses. */
    public static final PipeManner HOSTILE = new PipeManner(37, 1, 3_000_000, 200, 1000);
}
