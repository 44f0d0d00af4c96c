package dev.kloset.files.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a walk, the most recently found on top, with the work that remains in each. Members of the crew take from
 * the top, so the walk goes down before it goes on, and few directories wait. Any member may do the work that another has
 * found, even while that one is held up. Safe for any number of threads.
 */
final class WalkStack {

    /** Few enough that the last one is walked before it is old, and enough that most directories are read to the end at once. */
    private static final int MAX_PENDING = 32;

    private final int maxOpen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<WalkDirectory> directories = new ArrayList<>(); // guarded by lock
    private int open; // guarded by lock; directories that are not read to their end
    private int waiting; // guarded by lock; members without work
    private int working; // guarded by lock; members with work
    private boolean over; // guarded by lock

    /**
     * @param maxOpen how many half-read directories may stay open; any further one is read to its end at once
     */
    WalkStack(int maxOpen) {
        this.maxOpen = maxOpen;
    }

    /**
     * One piece of work.
     *
     * @param child the name of a subdirectory to visit, or null to continue reading the directory itself
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(WalkDirectory directory, byte @Nullable [] child) {}

    /** Note that the caller has found its work elsewhere, and will ask for more. */
    void begin() {
        lock.lock();
        try {
            working++;
        } finally {
            lock.unlock();
        }
    }

    /** Note that the caller has done its work and will not ask again. */
    void leave() {
        lock.lock();
        try {
            working--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next piece of work for a member that has finished its last one; null when there will be no more} */
    @Nullable
    Step take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Step step = next();
            if (step != null || over) {
                return step;
            }
            working--;
            waiting++;
            try {
                while (step == null && !over && working > 0) {
                    changed.await();
                    step = next();
                }
            } finally {
                waiting--;
                working++;
            }
            if (step == null) {
                changed.signalAll();
            }
            return step;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Step next() {
        for (int i = directories.size() - 1; i >= 0 && !over; i--) {
            WalkDirectory directory = directories.get(i);
            byte[] child = directory.pending.poll();
            if (child != null) {
                return new Step(directory, child);
            }
            if (directory.done) {
                directories.remove(i);
            } else if (!directory.beingRead) {
                directory.beingRead = true;
                return new Step(directory, null);
            }
        }
        return null;
    }

    /** Put a directory on top, to be read next. */
    void push(WalkDirectory directory) {
        lock.lock();
        try {
            if (over) {
                directory.listing().close();
                return;
            }
            directories.add(directory);
            open++;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the reader of {@code directory} should leave it, so that pending directories are walked first} */
    boolean addPending(WalkDirectory directory, byte[] name) {
        lock.lock();
        try {
            directory.pending.add(name);
            wake();
            return !over && directory.pending.size() >= MAX_PENDING && open <= maxOpen;
        } finally {
            lock.unlock();
        }
    }

    /** Note that the reader of {@code directory} leaves it, at its end or before. */
    void stopReading(WalkDirectory directory, boolean done) {
        lock.lock();
        try {
            directory.beingRead = false;
            directory.done = done;
            if (done) {
                open--;
            } else {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (waiting > 0) {
            changed.signal();
        }
    }

    /** {@return whether another member would find work at once} */
    boolean wantsHelp() {
        lock.lock();
        try {
            return waiting == 0 && !over;
        } finally {
            lock.unlock();
        }
    }

    /** Hand out no more work. Directories not read to their end are closed, except those that are being read. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
            for (WalkDirectory directory : directories) {
                if (!directory.done && !directory.beingRead) {
                    directory.listing().close();
                    directory.done = true;
                }
            }
            directories.clear();
        } finally {
            lock.unlock();
        }
    }
}
