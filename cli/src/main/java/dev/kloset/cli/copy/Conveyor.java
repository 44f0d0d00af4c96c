package dev.kloset.cli.copy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries parcels from the importer's threads to the exporter's, in order. Bounded twice: by the number of parcels, and
 * by the number of those whose content is read ahead, from putting until {@link #unloaded}. Ends or is aborted; an abort
 * wakes everybody, also threads that nobody could interrupt because only the connector knows them.
 */
final class Conveyor {

    private final int capacity;
    private final int readAheadCapacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private final Deque<Parcel> parcels = new ArrayDeque<>(); // guarded by lock
    private int readAhead; // guarded by lock
    private boolean ended; // guarded by lock
    private boolean aborted; // guarded by lock

    Conveyor(int capacity, int readAheadCapacity) {
        this.capacity = capacity;
        this.readAheadCapacity = readAheadCapacity;
    }

    /** Add a parcel. Blocks while there is no room for it. */
    void put(Parcel parcel) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!aborted && !hasRoom(parcel)) {
                room.await();
            }
            checkAborted();
            parcels.addLast(parcel);
            readAhead += parcel.isReadAhead() ? 1 : 0;
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Parcel parcel) {
        return parcels.size() < capacity && (!parcel.isReadAhead() || readAhead < readAheadCapacity);
    }

    /** {@return the next parcel, or null after the last one} */
    @Nullable
    Parcel take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!aborted && !ended && parcels.isEmpty()) {
                arrival.await();
            }
            checkAborted();
            room.signalAll();
            return parcels.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return parcels.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The memory of a parcel that was read ahead is free again. */
    void unloaded() {
        lock.lock();
        try {
            readAhead--;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be put. */
    void end() {
        lock.lock();
        try {
            ended = true;
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everybody who waits or comes later is interrupted. */
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
