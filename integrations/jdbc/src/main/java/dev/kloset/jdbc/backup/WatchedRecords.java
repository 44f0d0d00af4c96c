package dev.kloset.jdbc.backup;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes records on, knows whether the host still needs the point, and whether a content could not be read. */
final class WatchedRecords implements RecordSink, ContentWatch {

    private final RecordSink host;
    private final HeldPoint held;
    private final Duration quiet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long pending; // guarded by lock, as all below: records without acknowledgement
    private int reading;
    private long events;
    private boolean left; // the import waits no more, so the last acknowledgement ends the point
    private @Nullable IOException failure;

    /**
     * @param quiet a host that reads and acknowledges nothing for so long may be waiting for the end of the listing
     */
    WatchedRecords(RecordSink host, HeldPoint held, Duration quiet) {
        this.host = host;
        this.held = held;
        this.quiet = quiet;
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        change(() -> pending++);
        boolean sent = false;
        try {
            host.emit(watched(record), result -> {
                onResult.accept(result);
                result.error().ifPresent(error -> failed(new IOException(record.pathname() + ": " + error)));
                acknowledged();
            });
            sent = true;
        } finally {
            if (!sent) {
                acknowledged();
            }
        }
    }

    private ConnectorRecord watched(ConnectorRecord record) {
        if (!(record instanceof FileRecord file) || file.content().isEmpty()) {
            return record;
        }
        Content content = file.content().get();
        return file.withContent(() -> WatchedStream.open(content, this));
    }

    private void acknowledged() {
        if (change(() -> pending--)) {
            // Not here: closing connections waits for the server, and this thread takes the host's answers.
            Thread.ofVirtual().name("jdbc-point-end").start(held::close);
        }
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

    @Override
    public void opened() {
        change(() -> reading++);
    }

    @Override
    public void closed() {
        change(() -> reading--);
    }

    @Override
    public void failed(IOException reason) {
        change(() -> failure = failure == null ? reason : failure);
    }

    /**
     * Wait until the host has acknowledged all records, or is quiet.
     *
     * @return whether it has; if not, the point ends with the last acknowledgement
     * @throws IOException if a content could not be read, or the point is gone
     */
    boolean await() throws IOException, InterruptedException {
        held.check();
        long seen = -1;
        while (!isQuiet(seen)) {
            seen = waitForEvents();
            held.check();
        }
        lock.lock();
        try {
            left = pending > 0;
            if (failure != null) {
                throw new IOException("the backup is not complete", failure);
            }
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

    /** {@return the number of events after the time of quiet, or once all is acknowledged; that of before if it was quiet} */
    private long waitForEvents() throws InterruptedException {
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
}
