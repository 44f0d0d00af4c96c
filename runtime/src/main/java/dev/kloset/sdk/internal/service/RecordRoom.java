package dev.kloset.sdk.internal.service;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Room for the records that the host has not acknowledged. For any thread. */
final class RecordRoom {

    private final int size;
    private final Semaphore free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private int places; // guarded by lock; all that were ever made
    private boolean abandoned; // guarded by lock
    private volatile boolean opened;

    RecordRoom(int size) {
        this.size = size;
        this.places = size;
        this.free = new Semaphore(size);
    }

    /** Take a place for one record; waits until there is one. */
    void acquire() throws InterruptedException {
        free.acquire();
    }

    /** Give a place back. */
    void release() {
        free.release();
        if (opened) {
            lock.lock();
            try {
                released.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Let every thread in: those that waited have to check why. */
    void open() {
        lock.lock();
        try {
            opened = true;
            places += size;
            free.release(size);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Let every thread in, and expect no more places back. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            open();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many places are taken} */
    int taken() {
        lock.lock();
        try {
            return Math.max(0, places - free.availablePermits());
        } finally {
            lock.unlock();
        }
    }

    /** After {@link #open}: wait until no place is taken, the room is abandoned, or {@code patience} is over. */
    void awaitEmpty(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!abandoned && taken() > 0 && left > 0) {
                left = released.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
