package dev.kloset;

import java.io.IOException;

/** Reads a source during a backup. */
public interface Importer extends Connector {

    /**
     * Emit a record for everything below {@link #root}. Returning ends the listing; throwing fails the whole backup, so report a
     * single unreadable path as {@link ErrorRecord} instead.
     *
     * <p>There is one call at a time, but possibly several over the life of the connector. Unless {@link LocationFlag#STREAM} is
     * set, Plakar also runs a second process of the same importer, which counts for its progress bar. Contents of emitted records
     * may be opened from other threads, during this call and after it has returned.
     *
     * @param records takes the records; valid until this method returns
     * @throws IOException if the listing as a whole cannot continue; the message is what the user reads
     * @throws InterruptedException if the backup was cancelled
     */
    void importRecords(RecordSink records) throws IOException, InterruptedException;
}
