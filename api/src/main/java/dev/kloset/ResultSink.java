package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;

/**
 * Takes the results of a restore, in any order, from any thread. A record that never gets one is reported as failed when
 * {@link Exporter#exportRecords} returns; a second one for the same record is ignored.
 *
 * <p>A record without a result stays in memory, its metadata that is: an exporter that must hold back results, because it
 * finishes things later, does so for as few records as it can.
 */
public interface ResultSink {

    /**
     * Report that {@code record} was restored. Turned into an error if its content did not arrive completely, or if it was opened
     * and is neither at its end nor closed. Content that is read afterwards throws, and the restore fails.
     */
    void ok(ConnectorRecord record) throws IOException, InterruptedException;

    /**
     * Report that {@code record} was not restored.
     *
     * @param message one sentence: what was tried and why it failed
     */
    void error(ConnectorRecord record, String message) throws IOException, InterruptedException;

    /** Report that {@code record} was not restored because of {@code cause}. */
    default void error(ConnectorRecord record, Throwable cause) throws IOException, InterruptedException {
        error(record, Sentence.of(cause));
    }
}
