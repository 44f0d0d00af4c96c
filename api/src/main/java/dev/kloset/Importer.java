package dev.kloset;

import java.io.IOException;

/** Reads a source during a backup. */
public interface Importer extends Connector {

    /**
     * Emit a record for everything below {@link #root}. Returning ends the listing; throwing fails the whole backup, so
     * report a single unreadable path as {@link ErrorRecord} instead.
     *
     * <p>One call at a time, but possibly several over the life of the connector, and Plakar runs a second process of
     * the same importer to count for its progress bar unless {@link LocationFlag#STREAM} is set. Contents of emitted
     * records may be opened from other threads during this call and after it returned.
     *
     * @param records takes the records; valid until this method returns
     * @throws IOException if the listing as a whole cannot go on; the message is what the user reads
     * @throws InterruptedException if the backup was cancelled
     */
    void importRecords(RecordSink records) throws IOException, InterruptedException;
}
