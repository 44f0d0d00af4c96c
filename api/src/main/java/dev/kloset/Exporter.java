package dev.kloset;

import java.io.IOException;

/** Writes a destination during a restore. */
public interface Exporter extends Connector {

    /**
     * Write every record of {@code records} to the destination and report each one to {@code results}. The usual body is one call
     * of {@link RecordSource#forEach}.
     *
     * <p>The first record is {@code /}, the restored directory itself; directories come before what they contain. Plakar prints
     * an error result but still exits with 0; only an exception from this method fails the restore.
     *
     * @throws IOException if the restore as a whole cannot continue; records that the exporter has not read get this error as
     *     their result
     * @throws InterruptedException if the restore was cancelled
     */
    void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException;
}
