package dev.kloset.cli;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts what there is to copy, in a second process of the same importer, as Plakar does for its progress bar. A failure has no
 * consequences except that the bar shows no end.
 */
final class SourceCount implements AutoCloseable {

    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean complete;

    private SourceCount(Endpoint endpoint, Options options) {
        this.thread = Thread.ofPlatform().daemon().name("source-count").unstarted(() -> count(endpoint, options));
    }

    static SourceCount start(Endpoint endpoint, Options options) {
        SourceCount count = new SourceCount(endpoint, options);
        count.thread.start();
        return count;
    }

    private void count(Endpoint endpoint, Options options) {
        try (OpenConnector<Importer> importer = OpenConnector.unheardImporter(endpoint, options)) {
            importer.connector().importRecords(new Counter());
            complete = true;
        } catch (IOException | InterruptedException | RuntimeException e) {
            // The copy itself meets the same trouble and reports it, or it is over and has stopped this count.
        }
    }

    /** {@return whether everything has been counted} */
    boolean isComplete() {
        return complete;
    }

    long files() {
        return files.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Stop counting, and give the process a moment to end. */
    @Override
    public void close() {
        thread.interrupt();
        Threads.join(thread, Duration.ofSeconds(2));
    }

    private final class Counter implements RecordSink {

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
            if (record instanceof FileRecord file && file.info().mode().isRegular()) {
                files.incrementAndGet();
                bytes.addAndGet(Math.max(0, file.info().size()));
            }
            onResult.accept(ConnectorResult.ok(record));
        }
    }
}
