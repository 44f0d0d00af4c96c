package dev.kloset;

import java.io.IOException;
import java.util.function.Consumer;

/** Takes the records of an import. Safe for any number of threads. */
public interface RecordSink {

    /**
     * Emit one record. Blocks while the host is behind. The record's content belongs to the SDK from here on; it is
     * opened later, or never.
     *
     * <p>A path may be emitted once: while the host still works on the first record a second one for the same path is
     * turned into an error record, because the host would keep either of them by chance.
     *
     * <p>A record whose {@code emit} throws is missing from the backup, so the import fails then, whatever the connector does with
     * the exception. An exception that ends a thread which has emitted fails the import as well, unless the thread has an
     * {@link Thread.UncaughtExceptionHandler} of its own. What a {@link java.util.concurrent.Future} keeps is lost unless it is
     * asked: use {@link ParallelListing}.
     *
     * @throws IOException if the host is gone
     * @throws InterruptedException if the backup was cancelled, or this thread was interrupted; the record was not sent
     * @throws IllegalStateException if {@link Importer#importRecords} has returned before this method got as far as sending,
     *     or if this is called by a result listener, where it could wait for ever
     */
    default void emit(ConnectorRecord record) throws IOException, InterruptedException {
        emit(record, result -> {});
    }

    /**
     * Emit one record and be told when the host is done with it: its content was read, or skipped. That is no proof that
     * anything was stored: never delete at the source because of it.
     *
     * @param onResult called at most once, on the thread that takes the host's answers: it must neither block nor emit. Not
     *     called if the backup ends before
     */
    void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException, InterruptedException;
}
