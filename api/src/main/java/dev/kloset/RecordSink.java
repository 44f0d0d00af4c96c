package dev.kloset;

import java.io.IOException;
import java.util.function.Consumer;

/** Takes the records of an import. Safe for any number of threads. */
public interface RecordSink {

    /**
     * Emit one record. Blocks while the host is behind. From here on the record's content belongs to the SDK, which opens it
     * later, or never.
     *
     * <p>Emit a path only once. While the host is still working on the first record, a second one for the same path becomes an
     * error record, because the host would keep one of the two by chance.
     *
     * <p>A record whose {@code emit} throws is missing from the backup, so the import then fails, whatever the connector does
     * with the exception. An exception that ends a thread which has emitted fails the import as well, unless the thread has an
     * {@link Thread.UncaughtExceptionHandler} of its own. An exception that a {@link java.util.concurrent.Future} keeps is lost
     * unless you ask the future for it: use {@link ParallelListing}.
     *
     * @throws IOException if the host is gone
     * @throws InterruptedException if the backup was cancelled, or this thread was interrupted; the record was not sent
     * @throws IllegalStateException if {@link Importer#importRecords} has returned before this method sent the record, or if a
     *     result listener calls this, where it could wait for ever
     */
    default void emit(ConnectorRecord record) throws IOException, InterruptedException {
        emit(record, result -> {});
    }

    /**
     * Emit one record and learn when the host has finished it: the host has read its content, or skipped it. That does not prove
     * that anything was stored: never delete at the source for that reason.
     *
     * @param onResult called at most once, on the thread that takes the host's answers: it must neither block nor emit. Not
     *     called if the backup ends before that
     */
    void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException, InterruptedException;
}
