package dev.kloset.cli.copy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Reads small contents before the exporter asks for them, several at once, because opening one costs a round trip to the
 * importer's process. One opening fewer than allowed: the last is left to the exporter's thread.
 */
final class ReadAhead implements AutoCloseable {

    private final int workers;
    private final Semaphore openings; // fair: what comes first on the conveyor is wanted first
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("read-ahead-", 1).factory());

    ReadAhead(int concurrency) {
        this.workers = concurrency - 1;
        this.openings = new Semaphore(workers, true);
    }

    boolean isPossible() {
        return workers > 0;
    }

    /** Fetch {@code content} soon, and call {@code complete} when its source is not needed any more. */
    void start(PendingContent content, Runnable complete) {
        try {
            threads.execute(() -> fetch(content, complete));
        } catch (RejectedExecutionException e) {
            content.abandon(e); // closed meanwhile: nobody will ask for it
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

    /** Interrupt whatever is being read. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
