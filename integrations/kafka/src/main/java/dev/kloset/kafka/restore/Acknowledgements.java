package dev.kloset.kafka.restore;

import dev.kloset.kafka.restore.offsets.OffsetRuns;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The records of one window that are on their way to the brokers. One thread sends and waits, that of the producer acknowledges. */
final class Acknowledgements {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final OffsetRuns.Window runs; // guarded by lock, as all below
    private final boolean isExact;
    private long sent;
    private long ended;
    private long last = -1; // offset of the last record that a broker has
    private long lastSource = -1;
    private @Nullable IOException failure;

    /**
     * Nothing is on its way.
     *
     * @param isExact whether each record must get the offset that it had
     */
    Acknowledgements(OffsetRuns.Window runs, boolean isExact) {
        this.runs = runs;
        this.isExact = isExact;
    }

    /** A record goes out. */
    void sending() {
        lock.lock();
        try {
            sent++;
        } finally {
            lock.unlock();
        }
    }

    /** A record is with the brokers. */
    void done(long source, long target) {
        lock.lock();
        try {
            ended++;
            if (source <= lastSource || target <= last) {
                fail("the record at offset " + source + " was not acknowledged in its place", null);
            } else if (isExact && source != target) {
                fail("the record of offset " + source + " came to offset " + target
                        + ": something else writes to the topic", null);
            } else {
                runs.add(source, target);
                lastSource = source;
                last = target;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A record is not with the brokers. */
    void failed(long source, Exception reason) {
        lock.lock();
        try {
            ended++;
            fail("the brokers did not take the record at offset " + source, reason);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(String what, @Nullable Exception reason) {
        if (failure == null) {
            failure = new IOException(what, reason);
        }
    }

    /** {@return whether a record failed, so that no more of the window need be sent} */
    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the offset of the last record, -1 if there was none} Waits for all records that go out.
     *
     * @param patience for the next acknowledgement; the producer gives up earlier
     * @throws IOException if a record failed, or none was acknowledged for that long
     */
    long await(Duration patience) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (ended < sent) {
                long before = ended;
                if (!changed.await(patience.toMillis(), TimeUnit.MILLISECONDS) && ended == before) {
                    throw new IOException("the brokers acknowledged no record for " + patience.toSeconds() + " s");
                }
            }
            if (failure != null) {
                throw failure;
            }
            runs.end();
            return last;
        } finally {
            lock.unlock();
        }
    }
}
