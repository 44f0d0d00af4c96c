package dev.kloset.files;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Finishes files behind the back of the wire: what waits for the disk need not hold up the next record. A bounded number at
 * once, each of which holds an open file and no content.
 */
final class RestoreWorkers implements AutoCloseable {

    private final int count;
    private final Semaphore free;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("restore-", 0).factory());

    RestoreWorkers(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** Run {@code task}, which must not throw, once a worker is free. If this throws it will not run. */
    void run(Runnable task) throws InterruptedException {
        free.acquire();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                free.release();
            }
        });
    }

    /** Wait until every task has ended. */
    void drain() throws InterruptedException {
        free.acquire(count);
        free.release(count);
    }

    /** Interrupt what still runs and wait for its end. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
