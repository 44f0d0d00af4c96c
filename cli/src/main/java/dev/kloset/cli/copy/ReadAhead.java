package dev.kloset.cli.copy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Reads small contents before the exporter asks for them, several at once, because opening one costs a round trip to the
 * importer's process. It uses one opening less than allowed and leaves the last to the exporter's thread.
 */
final class ReadAhead implements AutoCloseable {

    private final int workers;
    private final Semaphore openings; // fair: what comes first in the queue is needed first
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("read-ahead-", 1).factory());

    ReadAhead(int concurrency) {
        this.workers = concurrency - 1;
        this.openings = new Semaphore(workers, true);
    }

    boolean isPossible() {
        return workers > 0;
    }

    /** Fetch {@code content} soon, and call {@code complete} when its source is no longer needed. */
    void start(PendingContent content, Runnable complete) {
        try {
            threads.execute(() -> fetch(content, complete));
        } catch (RejectedExecutionException e) {
            content.abandon(e); // closed meanwhile: the content will not be asked for
        }
    }

    private void fetch(PendingContent content, Runnable complete) {
        try {
            openings.acquire();
        } catch (InterruptedException e) {
            content.abandon(e);
            return;
        }
        boolean completed;
        try {
            completed = content.fetch();
        } finally {
            openings.release();
        }
        if (completed) {
            complete.run();
        }
    }

    /** Interrupt all reads in progress. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
