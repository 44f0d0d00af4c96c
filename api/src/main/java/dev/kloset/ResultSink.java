package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;

/**
 * Takes the results of a restore, in any order, from any thread. A record without a result is reported as failed when {@link
 * Exporter#exportRecords} returns; a second result for the same record is ignored.
 *
 * <p>A record without a result stays in memory (its metadata, not its content): if your exporter must hold back results, because
 * it finishes records later, hold back as few as you can.
 */
public interface ResultSink {

    /**
     * Report that {@code record} was restored. The report becomes an error if the content did not arrive completely, or if it was
     * opened and has neither been read to its end nor closed. Reading the content afterwards throws, and the restore fails.
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
