package dev.kloset.benchmarks.job;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.StopWatch;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One import by a fresh process, driven by our host: all records, and their contents on request. */
final class Import {

    private Import() {}

    /** {@return the cost of the import} With {@code readers} of zero, no content is opened. */
    static Transfer of(Candidate candidate, Path source, int readers) throws IOException, InterruptedException {
        try (PluginProcess process = candidate.start(Map.of());
                Importer importer = candidate.importer(process, source)) {
            Reader reader = new Reader(readers);
            StopWatch watch = StopWatch.start(process.pid());
            importer.importRecords(reader);
            reader.awaitEnd();
            return watch.stop(reader.records.sum(), reader.bytes.sum());
        }
    }

    /** Reads contents on as many threads as allowed, as a backup does. */
    private static final class Reader implements RecordSink {

        private final int readers;
        private final Semaphore free;
        private final LongAdder records = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

        Reader(int readers) {
            this.readers = readers;
            this.free = new Semaphore(readers);
        }

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
                throws IOException, InterruptedException {
            records.increment();
            if (readers > 0 && record instanceof FileRecord file && file.content().isPresent()) {
                free.acquire();
                Content content = file.content().get();
                Thread.ofVirtual().start(() -> read(content, record, onResult));
            } else {
                onResult.accept(ConnectorResult.ok(record));
            }
        }

        private void read(Content content, ConnectorRecord record, Consumer<ConnectorResult> onResult) {
            try (InputStream in = content.open()) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    bytes.add(n);
                }
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            } finally {
                onResult.accept(ConnectorResult.ok(record));
                free.release();
            }
        }

        void awaitEnd() throws IOException, InterruptedException {
            free.acquire(readers);
            IOException first = failure.get();
            if (first != null) {
                throw first;
            }
        }
    }
}
