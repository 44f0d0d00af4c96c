package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One run of a {@link ParallelListing}. Threads begin when there is work for them, and end with the run. */
final class ParallelListingRun implements ParallelListing.Tasks {

    private final int workers;
    private final int room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition ended = lock.newCondition();

    // guarded by lock
    private final Deque<ParallelListing.Task> waiting = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int running; // tasks
    private boolean over; // no further task begins
    private @Nullable Throwable failure;

    ParallelListingRun(int workers, int room) {
        this.workers = workers;
        this.room = room;
    }

    void run(ParallelListing.FirstTask first) throws IOException, InterruptedException {
        add(() -> first.run(this));
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            fail(e);
        }
        // The workers are about to end. This thread must not return before they have, even if it is interrupted meanwhile.
        boolean interrupted = joinAll();
        rethrow();
        if (interrupted) {
            throw new InterruptedException("the listing was cancelled");
        }
    }

    @Override
    public void add(ParallelListing.Task task) throws IOException, InterruptedException {
        lock.lock();
        try {
            if (failure != null) {
                throw new InterruptedException("the listing is over: " + Sentence.of(failure));
            }
            if (over) {
                throw new IllegalStateException("the listing has ended: a task comes too late");
            }
            if (waiting.size() < room) {
                waiting.push(task);
                if (running + waiting.size() > threads.size() && threads.size() < workers) {
                    threads.add(Thread.ofVirtual().name("list-" + threads.size()).start(this::work));
                }
                added.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        task.run();
    }

    private void work() {
        for (ParallelListing.Task task = take(); task != null; task = take()) {
            try {
                task.run();
            } catch (Throwable t) {
                fail(t);
            } finally {
                end();
            }
        }
    }

    private ParallelListing.@Nullable Task take() {
        lock.lock();
        try {
            while (!over && waiting.isEmpty()) {
                added.awaitUninterruptibly(); // the end signals, too
            }
            if (over) {
                return null;
            }
            running++;
            return waiting.pop();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            running--;
            if (failure == null) {
                Thread.interrupted(); // left behind by the task, and not meant for the next one
            }
            if (running == 0 && waiting.isEmpty()) {
                beOver();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable reason) {
        List<Thread> working = List.of();
        lock.lock();
        try {
            Throwable first = failure;
            if (first == null) {
                failure = reason;
                waiting.clear();
                working = List.copyOf(threads);
                beOver();
            } else if (!first.equals(reason) && !(reason instanceof InterruptedException)) {
                first.addSuppressed(reason);
            }
        } finally {
            lock.unlock();
        }
        // Without the lock: an interrupt closes the channel that a worker is blocked in, which may take time.
        working.forEach(Thread::interrupt);
    }

    private void beOver() {
        over = true;
        added.signalAll();
        ended.signalAll();
    }

    private void awaitEnd() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!over) {
                ended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this thread was interrupted meanwhile} If so, the workers are interrupted as well. */
    private boolean joinAll() {
        boolean interrupted = false;
        for (Thread thread : threads()) {
            boolean ended = false;
            while (!ended) {
                try {
                    thread.join();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads().forEach(Thread::interrupt);
                }
            }
        }
        return interrupted;
    }

    private List<Thread> threads() {
        lock.lock();
        try {
            return List.copyOf(threads);
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() throws IOException, InterruptedException {
        switch (failure()) {
            case null -> {
            }
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(Sentence.of(e), e);
        }
    }

    private @Nullable Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }
}
