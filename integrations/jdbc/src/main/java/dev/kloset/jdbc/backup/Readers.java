package dev.kloset.jdbc.backup;

import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Leases the connections of a point, each to one use at a time. Safe for any number of threads. */
final class Readers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int count;
    private final Deque<Connection> idle; // guarded by lock; bounded by the connections of the point
    private boolean closed; // guarded by lock

    Readers(Collection<Connection> connections) {
        count = connections.size();
        idle = new ArrayDeque<>(connections);
    }

    /** {@return how many connections there are, in use or not} */
    int count() {
        return count;
    }

    /**
     * {@return a connection, which the caller gives back} Waits for one as long as the backup lasts: the others are in use by contents
     * that the host reads.
     */
    Connection lease() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (idle.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IOException("the backup has ended, and the moment that it shows is gone");
            }
            return idle.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    void giveBack(Connection connection) {
        lock.lock();
        try {
            idle.addFirst(connection);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lease nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
