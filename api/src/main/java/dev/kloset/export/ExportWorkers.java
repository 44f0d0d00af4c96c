package dev.kloset.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads that finish records of a restore while the next records come off the wire. For exporters that take the contents off the
 * wire themselves; for most exporters {@link ParallelExport} is the better choice.
 *
 * <p>A bounded number of tasks runs at once, each on a virtual thread, in any order but for one rule: a task for a path begins
 * after earlier tasks for the same path or a path above it have ended. {@link #run}, {@link #await} and {@link #drain} are for
 * the thread that reads the records.
 */
public final class ExportWorkers implements AutoCloseable {

    private final int count;
    private final Semaphore free;
    // The newest task of a path, until it has ended. Bounded by the number of workers.
    private final Map<String, CountDownLatch> running = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> keys = new ConcurrentHashMap<>();
    // Every task of a phase, until it has ended.
    private final Map<CountDownLatch, Integer> phases = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("export-", 0).factory());

    /** Make {@code count} workers, at least one. */
    public ExportWorkers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be at least one worker");
        }
        this.count = count;
        this.free = new Semaphore(count);
    }

    /**
     * Run {@code task}, which must not throw, once a worker is free and earlier tasks for {@code pathname} and the paths above it
     * have ended. Blocks until a worker is free. If this returns, the task runs in any case; if this throws, it never runs.
     * {@link #close} interrupts its thread.
     */
    public void run(String pathname, Runnable task) throws InterruptedException {
        run(ExportOrder.byPath(pathname), task);
    }

    /** Run {@code task} as {@link #run(String, Runnable)} does, after all tasks that its place in the order puts before it. */
    void run(ExportOrder place, Runnable task) throws InterruptedException {
        free.acquire();
        List<CountDownLatch> earlier = earlier(place);
        CountDownLatch mine = begin(place);
        boolean started = false;
        try {
            threads.execute(() -> {
                try {
                    awaitAll(earlier);
                    task.run();
                } finally {
                    end(place, mine);
                }
            });
            started = true;
        } finally {
            if (!started) {
                end(place, mine);
            }
        }
    }

    private CountDownLatch begin(ExportOrder place) {
        CountDownLatch mine = new CountDownLatch(1);
        running.put(place.pathname(), mine);
        if (place.key() != null) {
            keys.put(place.key(), mine);
        }
        phases.put(mine, place.phase());
        return mine;
    }

    /** Wait until no task for {@code pathname} or a path above it is running. */
    public void await(String pathname) throws InterruptedException {
        await(ExportOrder.byPath(pathname));
    }

    /** Wait until no task is running that comes before this place in the order. */
    void await(ExportOrder place) throws InterruptedException {
        for (CountDownLatch task : earlier(place)) {
            task.await();
        }
    }

    /** Wait until every task has ended. */
    public void drain() throws InterruptedException {
        free.acquire(count);
        free.release(count);
    }

    /** Interrupt the tasks that are still running and wait for their end. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private List<CountDownLatch> earlier(ExportOrder place) {
        List<CountDownLatch> earlier = new ArrayList<>();
        CountDownLatch before = place.key() == null ? null : keys.get(place.key());
        if (before != null) {
            earlier.add(before);
        }
        phases.forEach((task, phase) -> {
            if (phase < place.phase()) {
                earlier.add(task);
            }
        });
        addPaths(place.pathname(), earlier);
        return earlier;
    }

    private void addPaths(String pathname, List<CountDownLatch> earlier) {
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

    private void end(ExportOrder place, CountDownLatch task) {
        running.remove(place.pathname(), task);
        if (place.key() != null) {
            keys.remove(place.key(), task);
        }
        phases.remove(task);
        task.countDown();
        free.release();
    }
}
