package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the records of a restore, one after the other. For one thread at a time.
 *
 * <p>The wire is serial: the bytes of a file come right after its record, before the next record. So the content of a
 * record is gone once the next record was asked for, read or not.
 */
public interface RecordSource {

    /**
     * {@return the next record, or null after the last one} Blocks until the host has sent it. An interrupt status that the caller has
     * left on its thread is cleared, unless the restore was cancelled.
     *
     * @throws IOException if the host is gone or sent something malformed
     * @throws InterruptedException if the restore was cancelled
     */
    @Nullable
    ConnectorRecord next() throws IOException, InterruptedException;

    /**
     * Hand every record to {@code handler} on the calling thread, in order. If it returns, the record is reported as ok; if
     * it throws, as failed with the exception's sentence, and the restore goes on. What the handler left unread is
     * discarded.
     */
    default void forEach(ResultSink results, RecordHandler handler) throws IOException, InterruptedException {
        for (ConnectorRecord record = next(); record != null; record = next()) {
            try {
                handler.handle(record);
            } catch (IOException | RuntimeException e) {
                results.error(record, Sentence.of(e));
                continue;
            }
            results.ok(record);
        }
    }
}
