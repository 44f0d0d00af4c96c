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
     * @throws IOException if the host is gone
     * @throws InterruptedException if the backup was cancelled
     * @throws IllegalStateException if {@link Importer#importRecords} has returned
     */
    default void emit(ConnectorRecord record) throws IOException, InterruptedException {
        emit(record, result -> {});
    }

    /**
     * Emit one record and be told when the host is done with it: its content was read, or skipped. That is no proof that
     * anything was stored: never delete at the source because of it.
     *
     * @param onResult called at most once, on a thread of the SDK; must not block. Not called if the backup ends before
     */
    void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException, InterruptedException;
}
