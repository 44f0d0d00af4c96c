package dev.kloset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads that finish records of a restore behind the back of the wire. For exporters that take the contents off the wire
 * themselves; most exporters are better served by {@link ParallelExport}.
 *
 * <p>A bounded number of tasks at once, each on a virtual thread, in any order but for one rule: what is done for a path
 * comes after what was begun before for the same path or a path above it. {@link #run}, {@link #await} and {@link #drain} are
 * for the thread that reads the records.
 */
public final class ExportWorkers implements AutoCloseable {

    private final int count;
    private final Semaphore free;
    // The newest task of a path, until it has ended. Bounded by the number of workers.
    private final Map<String, CountDownLatch> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("export-", 0).factory());

    /** Have {@code count} workers, at least one. */
    public ExportWorkers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be a worker");
        }
        this.count = count;
        this.free = new Semaphore(count);
    }

    /**
     * Run {@code task}, which must not throw, once a worker is free and earlier tasks for {@code pathname} and the paths above
     * it have ended. Blocks until a worker is free. The task runs in any case if this returns, and never if this throws; on
     * {@link #close} its thread is interrupted.
     */
    public void run(String pathname, Runnable task) throws InterruptedException {
        free.acquire();
        List<CountDownLatch> earlier = earlier(pathname);
        CountDownLatch mine = new CountDownLatch(1);
        running.put(pathname, mine);
        boolean started = false;
        try {
            threads.execute(() -> {
                try {
                    awaitAll(earlier);
                    task.run();
                } finally {
                    end(pathname, mine);
                }
            });
            started = true;
        } finally {
            if (!started) {
                end(pathname, mine);
            }
        }
    }

    /** Wait until no task for {@code pathname} or a path above it is running. */
    public void await(String pathname) throws InterruptedException {
        for (CountDownLatch task : earlier(pathname)) {
            task.await();
        }
    }

    /** Wait until every task has ended. */
    public void drain() throws InterruptedException {
        free.acquire(count);
        free.release(count);
    }

    /** Interrupt what still runs and wait for its end. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private List<CountDownLatch> earlier(String pathname) {
        List<CountDownLatch> earlier = new ArrayList<>();
        String path = pathname;
        while (!running.isEmpty()) {
            CountDownLatch task = running.get(path);
            if (task != null) {
                earlier.add(task);
            }
            if (path.length() <= 1) {
                break;
            }
            path = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        }
        return earlier;
    }

    private static void awaitAll(List<CountDownLatch> tasks) {
        try {
            for (CountDownLatch task : tasks) {
                task.await();
            }
        } catch (InterruptedException e) {
            // The task has something to release and sees that it is over.
            Thread.currentThread().interrupt();
        }
    }

    private void end(String pathname, CountDownLatch task) {
        running.remove(pathname, task);
        task.countDown();
        free.release();
    }
}
