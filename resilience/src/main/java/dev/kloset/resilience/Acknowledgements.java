package dev.kloset.resilience;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.RecordSink;
import dev.kloset.internal.OnceClosedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Knows whether a host still needs the source of its records: counts the records without acknowledgement, and the contents that the
 * host reads. For importers whose source is held by something that ends with their process, such as a transaction; {@link
 * SourceLease} uses it for a source that a process can leave held. For one import, and safe for any number of threads.
 */
public final class Acknowledgements {

    /** Fails if the source is not held any more. */
    @FunctionalInterface
    public interface Check {

        /** Fail if what the host reads from now on may not match what it read before. */
        void run() throws IOException;
    }

    private final Duration quiet;
    private final Runnable last;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long pending; // guarded by lock, as all below: records without acknowledgement
    private int reading;
    private long events;
    private boolean left; // the import waits no more

    /**
     * Count from none on.
     *
     * @param quiet a host that reads and acknowledges nothing for so long may be waiting for the end of the listing
     * @param last runs at the last acknowledgement if {@link #await} has returned before; on the thread that takes the host's
     *     answers, so it must be quick
     */
    public Acknowledgements(Duration quiet, Runnable last) {
        this.quiet = Objects.requireNonNull(quiet, "quiet");
        this.last = Objects.requireNonNull(last, "last");
    }

    /** Pass a record on, and count it until the host acknowledges it. */
    public void emit(RecordSink host, ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        change(() -> pending++);
        boolean sent = false;
        try {
            host.emit(record, result -> {
                try {
                    onResult.accept(result);
                } finally {
                    acknowledged();
                }
            });
            sent = true;
        } finally {
            if (!sent) {
                acknowledged();
            }
        }
    }

    private void acknowledged() {
        if (change(() -> pending--)) {
            last.run();
        }
    }

    /** {@return the same content, counted from before it is opened until it is closed} */
    public Content counted(Content content) {
        return () -> {
            change(() -> reading++);
            boolean opened = false;
            try {
                InputStream stream = new Counted(content.open());
                opened = true;
                return stream;
            } finally {
                if (!opened) {
                    change(() -> reading--);
                }
            }
        };
    }

    private boolean change(Runnable step) {
        lock.lock();
        try {
            step.run();
            events++;
            changed.signalAll();
            return left && pending == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wait until the host has acknowledged all records, or is quiet.
     *
     * @param held runs at the beginning, and again each time that the time of quiet has passed
     * @return whether all are acknowledged; if not, the last acknowledgement runs what the constructor got
     */
    public boolean await(Check held) throws IOException, InterruptedException {
        held.run();
        long seen = -1;
        while (!isQuiet(seen)) {
            seen = awaitEvents();
            held.run();
        }
        lock.lock();
        try {
            left = pending > 0;
            return !left;
        } finally {
            lock.unlock();
        }
    }

    private boolean isQuiet(long seen) {
        lock.lock();
        try {
            return pending == 0 || (events == seen && reading == 0);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of events before the time of quiet, which is shorter if all is acknowledged} */
    private long awaitEvents() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long before = events;
            long nanos = quiet.toNanos();
            while (pending > 0 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    private final class Counted extends OnceClosedStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        protected void closed(boolean well) {
            change(() -> reading--);
        }
    }
}
