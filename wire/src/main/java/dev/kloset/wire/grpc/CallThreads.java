package dev.kloset.wire.grpc;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that code of an author runs on: threads of the system, so that code which computes, or holds its thread in native code,
 * keeps no other thread from the processors, however few there are.
 *
 * <p>A task gets the thread that became idle last, or a new one while there are fewer than the limit; beyond that it waits for the
 * next thread that is done. How many wait is bounded by who hands them over. Threads that are idle for some seconds end.
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

    /** At most {@code max} threads with this name. None is made before there is something to do. */
    CallThreads(String name, int max) {
        this.name = name;
        this.max = max;
    }

    /**
     * Run {@code task} soon. Never waits.
     *
     * @throws OutOfMemoryError if the system has no thread for it; then it does not run
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

    /** Let idle threads end now, and each other one when there is nothing more to do. What is handed over still runs. */
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

    /** {@return what waits, null if nothing does} Then {@code worker} is idle. */
    private synchronized @Nullable Runnable next(Worker worker) {
        Runnable next = waiting.poll();
        if (next == null) {
            idle.addLast(worker);
        }
        return next;
    }

    /** {@return the task that {@code worker} was given just now, null if it may end} */
    private synchronized @Nullable Runnable giveUp(Worker worker) {
        if (idle.remove(worker)) {
            threads--;
        }
        return worker.take();
    }

    /** A thread, and what it is to do. */
    private final class Worker extends Thread {

        private volatile @Nullable Runnable task; // written under the lock while the worker is idle

        Worker(Runnable first) {
            super(null, null, name, 0, false);
            this.task = first;
            setDaemon(true);
        }

        @Override
        public void run() {
            boolean done = false;
            try {
                for (Runnable mine = take(); mine != null; mine = nextTask()) {
                    mine.run();
                }
                done = true;
            } finally {
                if (!done) {
                    failed();
                }
            }
        }

        private @Nullable Runnable nextTask() {
            Runnable next = next(this);
            return next == null ? await() : next;
        }

        private @Nullable Runnable await() {
            long deadline = System.nanoTime() + IDLE_NANOS;
            while (task == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed) {
                    return giveUp(this);
                }
                Thread.interrupted(); // it would not park
                LockSupport.parkNanos(CallThreads.this, left);
            }
            return take();
        }

        private @Nullable Runnable take() {
            Runnable mine = task;
            task = null;
            return mine;
        }

        /** Should the system have no thread for it, the next worker that is done takes the task. */
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
