package dev.kloset.cli.copy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries items from the importer's threads to the exporter's, in order. It has two bounds: the number of items, and the number
 * of items whose content is read ahead, counted from {@link #put} to {@link #unloaded}. An abort wakes every waiting thread,
 * even threads that only the connector knows and could interrupt.
 */
final class CopyQueue {

    private final int capacity;
    private final int readAheadCapacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private final Deque<CopyItem> items = new ArrayDeque<>(); // guarded by lock
    private int readAhead; // guarded by lock
    private boolean ended; // guarded by lock
    private boolean aborted; // guarded by lock

    CopyQueue(int capacity, int readAheadCapacity) {
        this.capacity = capacity;
        this.readAheadCapacity = readAheadCapacity;
    }

    /** Add an item. Blocks while there is no room for it. */
    void put(CopyItem item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!aborted && !hasRoom(item)) {
                room.await();
            }
            checkAborted();
            items.addLast(item);
            readAhead += item.isReadAhead() ? 1 : 0;
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(CopyItem item) {
        return items.size() < capacity && (!item.isReadAhead() || readAhead < readAheadCapacity);
    }

    /** {@return the next item, or null after the last one} */
    @Nullable
    CopyItem take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!aborted && !ended && items.isEmpty()) {
                arrival.await();
            }
            checkAborted();
            room.signalAll();
            return items.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return items.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Report that the memory of an item that was read ahead is free again. */
    void unloaded() {
        lock.lock();
        try {
            readAhead--;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** End the queue: no more items will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupt every thread that waits now or calls later. */
    void abort() {
        lock.lock();
        try {
            aborted = true;
            arrival.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkAborted() throws InterruptedException {
        if (aborted) {
            throw new InterruptedException("the copy was cancelled");
        }
    }
}
