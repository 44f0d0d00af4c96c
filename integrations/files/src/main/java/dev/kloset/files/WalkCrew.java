package dev.kloset.files;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of virtual threads that share one piece of work. There is no queue: work that nobody is free for stays
 * with whoever found it. The first failure interrupts everybody.
 */
final class WalkCrew {

    /** More walkers only make the disk seek. */
    private static final int MAX_SIZE = 64;

    private final int size;
    // A permit is a member without work; when all are back, nothing is left to do.
    private final Semaphore idle;
    private final ExecutorService threads;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    WalkCrew(int size) {
        this.size = Math.clamp(size, 1, MAX_SIZE);
        this.idle = new Semaphore(this.size);
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("files-walk-", 0).factory());
    }

    /** A part of the work. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException, InterruptedException;
    }

    /** Do {@code first} and everything it offers, and return when all of it is done or the first part has failed. */
    void run(Task first) throws IOException, InterruptedException {
        try (threads) {
            offer(first);
            try {
                idle.acquire(size);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
        rethrow();
    }

    /** {@return whether somebody was free to take {@code task}} */
    boolean offer(Task task) {
        if (!idle.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> work(task));
            return true;
        } catch (RejectedExecutionException e) {
            // Somebody has failed; the caller's own interrupt is on its way.
            idle.release();
            return false;
        }
    }

    private void work(Task task) {
        try {
            task.run();
        } catch (Throwable e) {
            fail(e);
        } finally {
            idle.release();
        }
    }

    private void fail(Throwable error) {
        Throwable first = failure.compareAndExchange(null, error);
        if (first == null) {
            threads.shutdownNow();
        } else if (!first.equals(error) && !(error instanceof InterruptedException)) {
            first.addSuppressed(error);
        }
    }

    private void rethrow() throws IOException, InterruptedException {
        Throwable first = failure.get();
        if (first == null) {
            return; // before the switch: one over types is linked at its first use, which is no short work
        }
        switch (first) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }
}
