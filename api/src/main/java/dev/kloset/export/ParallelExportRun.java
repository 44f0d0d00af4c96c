package dev.kloset.export;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a {@link ParallelExport}. Its own thread takes records and contents off the wire. */
final class ParallelExportRun {

    private final ExportWorkers crew;
    private final ResultSink results;
    private final RecordHandler handler;
    private final BufferedContent.Limits limits;
    private final Function<ConnectorRecord, ExportOrder> order;
    private final byte[] buffer = new byte[BufferedContent.BUFFER_BYTES];
    // What ends the export, because no single record caused it.
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ParallelExportRun(ExportWorkers crew, ResultSink results, RecordHandler handler, BufferedContent.Limits limits,
            Function<ConnectorRecord, ExportOrder> order) {
        this.crew = crew;
        this.results = results;
        this.handler = handler;
        this.limits = limits;
        this.order = order;
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
        ExportOrder place;
        try {
            place = order.apply(record);
        } catch (RuntimeException e) {
            report(record, Sentence.of(e)); // from code of the author; what is unread of the content is discarded
            return;
        }
        Content content = BufferedContent.of(record);
        if (content == null) {
            crew.run(place, () -> handle(record, record));
            return;
        }
        BufferedContent taken;
        try {
            taken = BufferedContent.take(content, record, limits, buffer);
        } catch (IOException | RuntimeException e) {
            report(record, Sentence.of(e));
            return;
        }
        if (taken.isWhole()) {
            handOver(record, place, taken);
        } else {
            crew.await(place);
            handleAndClose(record, taken);
        }
    }

    private void handOver(ConnectorRecord record, ExportOrder place, BufferedContent taken)
            throws InterruptedException {
        boolean handedOver = false;
        try {
            crew.run(place, () -> handleAndClose(record, taken));
            handedOver = true;
        } finally {
            if (!handedOver) {
                taken.close();
            }
        }
    }

    private void handleAndClose(ConnectorRecord record, BufferedContent taken) {
        try (taken) {
            handle(record, switch (record) {
                case FileRecord file -> file.withContent(taken);
                case XattrRecord x -> new XattrRecord(x.pathname(), x.name(), x.type(), taken);
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
