package dev.kloset;

import java.io.IOException;

/** Restores one record. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * Write {@code record} to the destination. Its content is valid until this method returns.
     *
     * @throws IOException if this record could not be written; the restore still tries the others
     */
    void handle(ConnectorRecord record) throws IOException, InterruptedException;
}
