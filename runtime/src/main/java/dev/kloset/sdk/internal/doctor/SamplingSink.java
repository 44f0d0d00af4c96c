package dev.kloset.sdk.internal.doctor;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes records until it has a file to read, or a thousand records. A thread that emits more is cancelled, as by a host. */
final class SamplingSink implements RecordSink {

    private static final int ENOUGH = 1000;

    /** A file that can be opened. */
    record ReadableFile(String pathname, Content content) {}

    private final String root;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int count; // guarded by lock, as all below
    private int errors;
    private @Nullable ErrorRecord firstError;
    private @Nullable ReadableFile file; // the first that is not empty, else the first
    private boolean enough;
    private boolean ended;

    /**
     * Start without records.
     *
     * @param root the importer's root: if that cannot be listed, nothing can
     */
    SamplingSink(String root) {
        this.root = root;
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws InterruptedException {
        if (!take(record)) {
            onResult.accept(ConnectorResult.ok(record));
        }
    }

    /** {@return whether the record is kept, to be read later} */
    private boolean take(ConnectorRecord record) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (enough) {
                throw new InterruptedException("the doctor has seen enough");
            }
            count(record);
            boolean kept = record instanceof FileRecord entry && keep(entry);
            changed.signalAll();
            return kept;
        } finally {
            lock.unlock();
        }
    }

    private void count(ConnectorRecord record) {
        count++;
        enough = count == ENOUGH;
        if (record instanceof ErrorRecord error) {
            errors++;
            firstError = firstError == null ? error : firstError;
        }
    }

    private boolean keep(FileRecord entry) {
        if (!entry.info().mode().isRegular() || entry.content().isEmpty()) {
            return false;
        }
        boolean full = entry.info().size() != 0;
        boolean kept = full || file == null;
        if (kept) {
            file = new ReadableFile(entry.pathname(), entry.content().get());
        }
        enough |= full;
        return kept;
    }

    void ended() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether it has seen enough, or everything, within {@code limit}} */
    boolean await(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!enough && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return enough || ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Take no more.
     *
     * @return whether it had seen enough: in that case the import may have failed as cancelled
     */
    boolean stop() {
        lock.lock();
        try {
            boolean cut = enough;
            enough = true;
            return cut;
        } finally {
            lock.unlock();
        }
    }

    Optional<ReadableFile> readable() {
        lock.lock();
        try {
            return Optional.ofNullable(file);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what it has seen, in words}
     *
     * @param inTime whether the listing ended, rather than being given up after {@code limit}
     * @throws IOException if it has seen nothing but trouble
     */
    String summary(boolean inTime, Duration limit) throws IOException {
        lock.lock();
        try {
            if (count == 0 && !inTime) {
                throw new IOException("no record within " + limit.toSeconds() + " s, so the doctor gave up "
                        + "(--timeout allows more)");
            }
            if (firstError != null && (errors == count || firstError.pathname().equals(root))) {
                throw new IOException(firstError.pathname() + ": " + firstError.message());
            }
            String seen = count == 0 ? "the source is empty" : count + (count == 1 ? " record" : " records");
            return seen + (firstError == null
                    ? ""
                    : ", " + errors + " of them with errors, the first at "
                            + firstError.pathname() + ": " + firstError.message())
                    + (inTime ? "" : " within " + limit.toSeconds() + " s, after which the doctor stopped waiting");
        } finally {
            lock.unlock();
        }
    }
}
