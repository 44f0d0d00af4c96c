package dev.kloset.benchmarks.measure;

import java.io.IOException;

/** Measures a piece of work of a living plugin. */
public final class StopWatch {

    private final long pid;
    private final double used;
    private final long begun;

    private StopWatch(long pid) throws IOException {
        this.pid = pid;
        this.used = Usage.processorMillis(pid);
        this.begun = System.nanoTime();
    }

    public static StopWatch start(long pid) throws IOException {
        return new StopWatch(pid);
    }

    public Transfer stop(long items, long bytes) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Transfer(items, bytes, seconds, (Usage.processorMillis(pid) - used) / 1e3, Usage.peakMebibytes(pid),
                Usage.residentMebibytes(pid));
    }
}
