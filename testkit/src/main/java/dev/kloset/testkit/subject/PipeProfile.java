package dev.kloset.testkit.subject;

/**
 * How a pipe in memory behaves.
 *
 * @param capacity how many bytes fit in before a writer waits
 * @param singleBytes how many bytes, from the beginning of the pipe, the reader takes one at a time
 * @param maxRead how many bytes one read takes at most after that
 * @param stallEvery after how many bytes the reader takes nothing for a while
 * @param stallMillis how long the reader then pauses; 0 for never
 * @param windowBytes the flow control window of the host's streams
 */
public record PipeProfile(int capacity, long singleBytes, int maxRead, long stallEvery, long stallMillis,
        int windowBytes) {

    private static final int KIB = 1024;

    /** Behaves like a pipe of the operating system. */
    public static final PipeProfile ORDINARY = new PipeProfile(64 * KIB, 0, 64 * KIB, 0, 0, 256 * KIB);

    /**
     * Does the worst that is allowed: one byte at a time, tiny windows, long pauses. By the end of the single bytes, each kind
     * of frame has been cut at every position; large contents then come in odd pieces, which take a tenth of the processor
     * time.
     */
    public static final PipeProfile HOSTILE = new PipeProfile(37, 100_000, 13, 3_000_000, 200, 1000);
}
