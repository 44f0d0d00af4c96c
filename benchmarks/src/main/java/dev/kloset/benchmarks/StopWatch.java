package dev.kloset.benchmarks;

import java.io.IOException;

/** Measures a stretch of work of a living plugin. */
final class StopWatch {

    private final long pid;
    private final double used;
    private final long begun;

    private StopWatch(long pid) throws IOException {
        this.pid = pid;
        this.used = Usage.processorMillis(pid);
        this.begun = System.nanoTime();
    }

    static StopWatch start(long pid) throws IOException {
        return new StopWatch(pid);
    }

    Moved stop(long items, long bytes) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Moved(items, bytes, seconds, (Usage.processorMillis(pid) - used) / 1e3, Usage.peakMebibytes(pid),
                Usage.residentMebibytes(pid));
    }
}
