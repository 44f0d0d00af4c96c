package dev.kloset.jdbc.backup;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of rows that may be in memory between the database and the host: reserved before they are read, given back when the host
 * has acknowledged them. A host that acknowledges nothing for a while may want the whole listing first, so the oldest rows are then
 * dropped. Safe for any number of threads.
 */
final class RowMemory {

    private final long capacity;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<HeldRows> held = new LinkedHashSet<>(); // guarded by lock, as all below; oldest first
    private long used;
    private long released;
    private boolean isQuiet;

    /**
     * @param capacity how many bytes there are
     * @param patience how long the host may acknowledge nothing before rows are dropped
     */
    RowMemory(long capacity, Duration patience) {
        this.capacity = capacity;
        this.patience = patience;
    }

    long capacity() {
        return capacity;
    }

    /** {@return whether there was room} */
    boolean tryReserve(long bytes) {
        lock.lock();
        try {
            boolean fits = fits(bytes);
            used += fits ? bytes : 0;
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Reserve, and wait for the host until there is room. Without anything in use there is always room. */
    void reserve(long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!fits(bytes)) {
                if (!isQuiet || !dropOldest()) {
                    awaitRelease(bytes);
                }
            }
            used += bytes;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long bytes) {
        return used == 0 || used + bytes <= capacity;
    }

    private void awaitRelease(long bytes) throws InterruptedException {
        long before = released;
        long nanos = patience.toNanos();
        while (!fits(bytes) && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
        isQuiet = released == before;
    }

    private boolean dropOldest() {
        for (Iterator<HeldRows> oldest = held.iterator(); oldest.hasNext();) {
            HeldRows rows = oldest.next();
            if (rows.drop()) {
                oldest.remove();
                used -= rows.size();
                return true;
            }
        }
        return false;
    }

    /** Give back what was reserved and is not needed. */
    void giveBack(long bytes) {
        change(() -> used -= bytes);
    }

    /** Hold rows for which there is a reservation, until they are acknowledged or dropped. */
    void hold(HeldRows rows) {
        change(() -> held.add(rows));
    }

    /** The host has acknowledged these rows. */
    void release(HeldRows rows) {
        change(() -> {
            released++;
            isQuiet = false;
            if (held.remove(rows)) {
                used -= rows.size();
                rows.forget();
            }
        });
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
