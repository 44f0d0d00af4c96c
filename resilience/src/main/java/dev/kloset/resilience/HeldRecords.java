package dev.kloset.resilience;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Passes records on, and knows whether they still need the source. Safe for any number of threads. */
final class HeldRecords implements RecordSink {

    private final HeldSource held;
    private final RecordSink host;
    private final Duration quiet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long pending; // guarded by lock, as all below: records without acknowledgement
    private int reading;
    private long events;
    private boolean lost;
    private boolean left; // the import has stopped waiting, so the last acknowledgement ends the hold

    /**
     * @param quiet how long to wait for a host that reads and acknowledges nothing: it may be waiting for the end of the
     *     listing
     */
    HeldRecords(HeldSource held, RecordSink host, Duration quiet) {
        this.held = held;
        this.host = host;
        this.quiet = quiet;
        held.onLoss(() -> change(() -> lost = true));
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
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        held.check();
        change(() -> pending++);
        boolean sent = false;
        try {
            host.emit(watched(record), result -> {
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
            held.releaseSoon();
        }
    }

    private ConnectorRecord watched(ConnectorRecord record) {
        return switch (record) {
            case FileRecord file -> {
                Optional<Content> content = file.content();
                yield content.isPresent() ? file.withContent(watched(content.get())) : file;
            }
            case XattrRecord x -> new XattrRecord(x.pathname(), x.name(), x.type(), watched(x.content()));
            case ErrorRecord error -> error;
        };
    }

    private Content watched(Content content) {
        return () -> {
            held.check();
            change(() -> reading++);
            boolean opened = false;
            try {
                InputStream stream = new Watched(content.open());
                opened = true;
                return stream;
            } finally {
                if (!opened) {
                    change(() -> reading--);
                }
            }
        };
    }

    /** {@return whether all records were acknowledged; false if the host may be waiting for the end of the listing} */
    boolean awaitAcknowledgements() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long seen = events;
            long left = quiet.toNanos();
            while (pending > 0 && !lost && left > 0) {
                left = changed.awaitNanos(left);
                if (events != seen || reading > 0) {
                    seen = events;
                    left = quiet.toNanos();
                }
            }
            this.left = pending > 0;
            return pending == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns no byte that was read after the hold was lost. */
    private final class Watched extends FilterInputStream {

        private boolean closed; // guarded by this

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            held.check();
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            held.check();
            return count;
        }

        @Override
        public void close() throws IOException {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            try {
                super.close();
            } finally {
                change(() -> reading--);
            }
        }
    }
}
