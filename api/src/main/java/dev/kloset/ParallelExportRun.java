package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of a {@link ParallelExport}. Its own thread takes records and contents off the wire. */
final class ParallelExportRun {

    private final ExportWorkers crew;
    private final ResultSink results;
    private final RecordHandler handler;
    private final TakenContent.Limits limits;
    private final byte[] buffer = new byte[TakenContent.BUFFER_BYTES];
    // What ends the export, as no record is to blame for it.
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ParallelExportRun(ExportWorkers crew, ResultSink results, RecordHandler handler, TakenContent.Limits limits) {
        this.crew = crew;
        this.results = results;
        this.handler = handler;
        this.limits = limits;
    }

    void run(RecordSource records) throws IOException, InterruptedException {
        for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
            restore(record);
            check();
        }
        crew.drain();
        check();
    }

    private void restore(ConnectorRecord record) throws InterruptedException {
        Content content = switch (record) {
            case FileRecord file -> file.content().orElse(null);
            case XattrRecord xattr -> xattr.content();
            case ErrorRecord _ -> null;
        };
        if (content == null) {
            crew.run(record.pathname(), () -> handle(record, record));
            return;
        }
        TakenContent taken;
        try {
            taken = TakenContent.take(content, record, limits, buffer);
        } catch (IOException | RuntimeException e) {
            report(record, Sentence.of(e));
            return;
        }
        if (taken.isWhole()) {
            handOver(record, taken);
        } else {
            crew.await(record.pathname());
            handleAndClose(record, taken);
        }
    }

    private void handOver(ConnectorRecord record, TakenContent taken) throws InterruptedException {
        boolean handedOver = false;
        try {
            crew.run(record.pathname(), () -> handleAndClose(record, taken));
            handedOver = true;
        } finally {
            if (!handedOver) {
                taken.close();
            }
        }
    }

    private void handleAndClose(ConnectorRecord record, TakenContent taken) {
        try (taken) {
            handle(record, switch (record) {
                case FileRecord file -> file.withContent(taken::open);
                case XattrRecord x -> new XattrRecord(x.pathname(), x.name(), x.type(), taken::open);
                case ErrorRecord error -> error;
            });
        }
    }

    /** On a worker, or on our own thread. The host knows {@code record}, the handler gets {@code given}. */
    private void handle(ConnectorRecord record, ConnectorRecord given) {
        try {
            handler.handle(given);
        } catch (IOException | RuntimeException e) {
            report(record, Sentence.of(e));
            return;
        } catch (InterruptedException | Error e) {
            fail(e);
            return;
        }
        report(record, null);
    }

    private void report(ConnectorRecord record, @Nullable String error) {
        try {
            if (error == null) {
                results.ok(record);
            } else {
                results.error(record, error);
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable reason) {
        failure.compareAndSet(null, reason);
        if (reason instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() throws IOException, InterruptedException {
        switch (failure.get()) {
            case null -> {
            }
            case InterruptedException e -> {
                Thread.interrupted();
                throw e;
            }
            case Error e -> throw e;
            case Throwable e -> throw new IOException(Sentence.of(e), e);
        }
    }
}
