package dev.kloset.benchmarks;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
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

/** One import by a fresh process, driven by our host: all records, and their contents if these are wanted. */
final class Import {

    private Import() {}

    /** {@return what it took} With {@code readers} of zero no content is opened. */
    static Moved of(Contestant contestant, Path source, int readers) throws IOException, InterruptedException {
        try (PluginProcess process = contestant.start(Map.of());
                Importer importer = contestant.importer(process, source)) {
            Reader reader = new Reader(readers);
            StopWatch watch = StopWatch.start(process.pid());
            importer.importRecords(reader);
            reader.awaitEnd();
            return watch.stop(reader.records.sum(), reader.bytes.sum());
        }
    }

    /** Reads contents on as many threads as are allowed, as a backup does. */
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
