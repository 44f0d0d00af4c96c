package dev.kloset.jdbc.backup;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.resilience.Acknowledgements;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes records on, knows whether the host still needs the point, and whether a content could not be read. */
final class WatchedRecords implements RecordSink {

    private final RecordSink host;
    private final HeldPoint held;
    private final Acknowledgements acknowledgements;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    /**
     * @param quiet a host that reads and acknowledges nothing for so long may be waiting for the end of the listing
     */
    WatchedRecords(RecordSink host, HeldPoint held, Duration quiet) {
        this.host = host;
        this.held = held;
        // Not on the calling thread: closing connections waits for the server, and that thread takes the host's answers.
        this.acknowledgements = new Acknowledgements(quiet,
                () -> Thread.ofVirtual().name("jdbc-point-end").start(held::close));
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        acknowledgements.emit(host, watched(record), result -> {
            onResult.accept(result);
            result.error().ifPresent(error -> failed(new IOException(record.pathname() + ": " + error)));
        });
    }

    private ConnectorRecord watched(ConnectorRecord record) {
        if (!(record instanceof FileRecord file) || file.content().isEmpty()) {
            return record;
        }
        Content content = file.content().get();
        return file.withContent(acknowledgements.counted(() -> WatchedStream.open(content, this::failed)));
    }

    private void failed(IOException reason) {
        failure.compareAndSet(null, reason);
    }

    /**
     * Wait until the host has acknowledged all records, or is quiet.
     *
     * @return whether it has; if not, the point ends with the last acknowledgement
     * @throws IOException if a content could not be read, or the point is gone
     */
    boolean await() throws IOException, InterruptedException {
        boolean all = acknowledgements.await(held::check);
        IOException first = failure.get();
        if (first != null) {
            throw new IOException("the backup is not complete", first);
        }
        return all;
    }
}
