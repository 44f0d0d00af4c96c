package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the records of a restore, one after the other. For one thread at a time.
 *
 * <p>The wire is serial: the bytes of a file come right after its record, before the next record. So once you ask for the next
 * record, the content of the previous one is gone, whether or not you have read it.
 */
public interface RecordSource {

    /**
     * {@return the next record, or null after the last one} Blocks until the host has sent it. Clears an interrupt status that
     * the caller has left on its thread, unless the restore was cancelled.
     *
     * @throws IOException if the host is gone or sent something malformed
     * @throws InterruptedException if the restore was cancelled
     */
    @Nullable
    ConnectorRecord next() throws IOException, InterruptedException;

    /**
     * Hand every record to {@code handler} on the calling thread, in order. If the handler returns, the record is reported as
     * restored; if it throws, the record is reported as failed with the exception's sentence, and the restore continues. Unread
     * content is discarded.
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
