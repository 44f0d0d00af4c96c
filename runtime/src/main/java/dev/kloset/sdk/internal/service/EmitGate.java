package dev.kloset.sdk.internal.service;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the threads inside {@code emit}, and decides in one step which of them came before the end of the listing: the end waits
 * for each thread that is in when the gate closes, and the gate refuses each thread that comes later. One word holds both, so
 * that a record costs two atomic operations.
 */
final class EmitGate {

    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger(); // the count, and the sign bit once it is closed
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();

    /** {@return whether the gate was open} If so, {@link #leave} must follow. */
    boolean enter() {
        for (int now = state.get(); now >= 0; now = state.get()) {
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            lock.lock();
            try {
                empty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Let no more threads in. Those inside see it by {@link #isClosed}. */
    void close() {
        state.getAndUpdate(now -> now | CLOSED);
    }

    boolean isClosed() {
        return state.get() < 0;
    }

    /** {@return how many threads are inside} */
    int inside() {
        return state.get() & ~CLOSED;
    }

    /** Wait until all threads that were inside when the gate closed have left. */
    void awaitEmpty() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inside() > 0) {
                empty.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
