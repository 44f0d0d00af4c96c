package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One record between the importer and the exporter: what to send, where its bytes come from, and how to acknowledge it at the end. */
final class CopyItem {

    private final ConnectorRecord record;
    private final @Nullable PendingContent content;
    private final boolean readAhead;
    private final Runnable acknowledge;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    /**
     * @param record under its path in the destination, without content
     * @param content the content of the record, if it has any
     * @param readAhead whether a worker fetches the content, so that this item holds memory
     * @param acknowledge tells the importer that the copy no longer needs its record
     */
    CopyItem(ConnectorRecord record, @Nullable PendingContent content, boolean readAhead, Runnable acknowledge) {
        this.record = record;
        this.content = content;
        this.readAhead = readAhead;
        this.acknowledge = acknowledge;
    }

    ConnectorRecord record() {
        return record;
    }

    @Nullable
    PendingContent content() {
        return content;
    }

    boolean isReadAhead() {
        return readAhead;
    }

    /** Tell the importer that the copy no longer needs its record. Only the first call has an effect. */
    void acknowledge() {
        if (acknowledged.compareAndSet(false, true)) {
            acknowledge.run();
        }
    }
}
