package dev.kloset.cli;

import dev.kloset.cli.copy.CopyCounts;
import dev.kloset.cli.copy.CopyJob;
import java.time.Duration;
import java.util.List;

/**
 * Reports that a copy stands still, and what it is waiting for. It ends nothing: a tape or a cold archive may take its time,
 * and the user knows better.
 */
final class StallWatch implements AutoCloseable {

    /** Longer than a healthy destination needs to finish one file. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Thread thread;

    private StallWatch(Thread thread) {
        this.thread = thread;
    }

    static StallWatch over(CopyJob job, CopySummary summary) {
        return over(job, summary, QUIET);
    }

    static StallWatch over(CopyJob job, CopySummary summary, Duration quiet) {
        return new StallWatch(Thread.ofVirtual().name("copy-stalls").start(() -> watch(job, summary, quiet)));
    }

    private static void watch(CopyJob job, CopySummary summary, Duration quiet) {
        try {
            List<Long> before = progress(job.counts());
            Duration still = Duration.ZERO;
            while (true) {
                Thread.sleep(quiet);
                List<Long> now = progress(job.counts());
                still = now.equals(before) ? still.plus(quiet) : Duration.ZERO;
                before = now;
                if (still.isPositive()) {
                    summary.stalled(job.laggard(), still);
                }
            }
        } catch (InterruptedException e) {
            // The copy is over.
        }
    }

    private static List<Long> progress(CopyCounts counts) {
        return List.of(counts.files(), counts.directories(), counts.symlinks(), counts.specials(), counts.xattrs(),
                counts.bytes(), counts.errors());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
