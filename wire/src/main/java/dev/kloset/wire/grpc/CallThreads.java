package dev.kloset.wire.grpc;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run authors' code. They are threads of the system, so that code which computes, or holds its thread in native
 * code, keeps no other thread from the processors, however few there are.
 *
 * <p>A task gets the thread that became idle last, or a new one while there are fewer than the limit; beyond that it waits for
 * the next thread to finish. The code that hands tasks over bounds how many wait. Idle threads end after some seconds.
 */
final class CallThreads {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final int max;

    // guarded by this
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int threads;

    private volatile boolean closed;

    /** At most {@code max} threads with this name. The first is made for the first task. */
    CallThreads(String name, int max) {
        this.name = name;
        this.max = max;
    }

    /**
     * Run {@code task} soon. Never waits.
     *
     * @throws OutOfMemoryError if the system has no thread for the task, which then does not run
     */
    void run(Runnable task) {
        Worker free;
        synchronized (this) {
            free = idle.pollLast();
            if (free == null && threads == max) {
                waiting.add(task);
                return;
            }
            if (free == null) {
                threads++;
            } else {
                free.task = task;
            }
        }
        if (free == null) {
            start(new Worker(task));
        } else {
            LockSupport.unpark(free);
        }
    }

    /** Let idle threads end now, and the others when there is nothing more to do. Tasks that were handed over still run. */
    void close() {
        closed = true;
        synchronized (this) {
            idle.forEach(LockSupport::unpark);
        }
    }

    private void start(Worker worker) {
        boolean started = false;
        try {
            worker.start();
            started = true;
        } finally {
            if (!started) {
                ended();
            }
        }
    }

    private synchronized void ended() {
        threads--;
    }

    /** {@return the task that waits, or null} If there is none, {@code worker} is idle. */
    private synchronized @Nullable Runnable next(Worker worker) {
        Runnable next = waiting.poll();
        if (next == null) {
            idle.addLast(worker);
        }
        return next;
    }

    /** {@return whether {@code worker} has just got a task} Otherwise it may end. */
    private synchronized boolean giveUp(Worker worker) {
        if (idle.remove(worker)) {
            threads--;
        }
        return worker.task != null;
    }

    /** A thread and its task. */
    private final class Worker extends Thread {

        private volatile @Nullable Runnable task; // written by other threads under the lock while the worker is idle

        Worker(Runnable first) {
            super(null, null, name, 0, false);
            this.task = first;
            setDaemon(true);
        }

        @Override
        public void run() {
            boolean done = false;
            try {
                do {
                    runTask();
                } while (hasTask());
                done = true;
            } finally {
                if (!done) {
                    failed();
                }
            }
        }

        /** Only this method knows the task: an idle thread must not keep a finished task in memory. */
        private void runTask() {
            Runnable mine = task;
            task = null;
            if (mine != null) {
                mine.run();
            }
        }

        private boolean hasTask() {
            Runnable next = next(this);
            if (next != null) {
                task = next;
                return true;
            }
            long deadline = System.nanoTime() + IDLE_NANOS;
            while (task == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed) {
                    return giveUp(this);
                }
                Thread.interrupted(); // it would not park
                LockSupport.parkNanos(CallThreads.this, left);
            }
            return true;
        }

        /** If the system has no thread for it, the next worker that finishes takes the task. */
        private void replace(Runnable next) {
            boolean started = false;
            try {
                CallThreads.this.start(new Worker(next));
                started = true;
            } finally {
                if (!started) {
                    synchronized (CallThreads.this) {
                        waiting.addFirst(next);
                    }
                }
            }
        }

        /** Its last task threw. Another thread takes its place if there is something to do. */
        private void failed() {
            Runnable next;
            synchronized (CallThreads.this) {
                next = waiting.poll();
                if (next == null) {
                    threads--;
                }
            }
            if (next != null) {
                replace(next);
            }
        }
    }
}
