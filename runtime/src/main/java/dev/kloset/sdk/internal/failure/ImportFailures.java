package dev.kloset.sdk.internal.failure;

import dev.kloset.ConnectorRecord;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The failures on an importer's threads that could be lost there: an {@code emit} that failed, or an exception that ended a
 * thread which had emitted. The first one fails the import, whatever the connector does with the exception.
 */
public final class ImportFailures {

    /**
     * The import into which a thread has last emitted. A dying thread runs its handler itself, so this needs no list of threads.
     * A thread of a pool keeps this object alive, but nothing else of the import.
     */
    private static final ThreadLocal<@Nullable ImportFailures> OF_THREAD = new ThreadLocal<>();

    private final AtomicReference<@Nullable IOException> first = new AtomicReference<>();
    private volatile @Nullable Runnable listener;

    /**
     * Hold the failures of an import that begins.
     *
     * @param listener runs on each thread that an exception ends: other threads may wait for that thread for ever
     */
    public ImportFailures(Runnable listener) {
        this.listener = listener;
    }

    /** The current thread emits. */
    public void emitting() {
        if (OF_THREAD.get() != this) {
            OF_THREAD.set(this);
        }
    }

    /** The current thread ends with {@code error}: if it has emitted into an import, that import fails. */
    static void uncaught(Thread thread, Throwable error) {
        ImportFailures failures = OF_THREAD.get();
        if (failures != null && Thread.currentThread().equals(thread)) {
            Runnable told = failures.listener;
            failures.add(new IOException("the thread \"" + thread.getName()
                    + "\" of the connector, which had emitted records, ended by an exception: " + Sentence.of(error),
                    error));
            if (told != null) {
                told.run();
            }
        }
    }

    /** An {@code emit} of {@code record} ends with {@code error}, so the host will not get the record. */
    public void emit(ConnectorRecord record, Throwable error) {
        add(new IOException(
                record.pathname() + " could not be emitted, so it is missing from the backup: " + Sentence.of(error),
                error));
    }

    private void add(IOException failure) {
        first.compareAndSet(null, failure);
    }

    /** {@return the first failure, if there is one} */
    @Nullable
    public IOException first() {
        return first.get();
    }

    /** The import is over: nothing can make it fail now. */
    public void end() {
        listener = null;
    }
}
