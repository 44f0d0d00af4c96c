package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.host.InProcessHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An honest user of our host, who must get either the requested data or a sentence. */
final class HostUser {

    /** Supplies connectors. */
    interface Source {
        Importer importer() throws IOException, InterruptedException;

        Exporter exporter() throws IOException, InterruptedException;

        Store store() throws IOException, InterruptedException;
    }

    private final Plan plan;
    private final Contents contents;
    private final BooleanSupplier saidComplete;

    HostUser(Plan plan, Contents contents, BooleanSupplier saidComplete) {
        this.plan = plan;
        this.contents = contents;
        this.saidComplete = saidComplete;
    }

    static Source source(InProcessHost host, Map<String, String> config) {
        return new Source() {
            @Override
            public Importer importer() throws IOException, InterruptedException {
                return host.importer(config);
            }

            @Override
            public Exporter exporter() throws IOException, InterruptedException {
                return host.exporter(config);
            }

            @Override
            public Store store() throws IOException, InterruptedException {
                return host.store(config);
            }
        };
    }

    /** {@return the outcome} */
    String use(Source source) {
        try {
            switch (plan.kind()) {
                case IMPORTER -> importAll(source.importer());
                case EXPORTER -> exportAll(source.exporter());
                case STORAGE -> useStore(source.store());
            }
            return "ok";
        } catch (InterruptedException e) {
            return "interrupted by the user";
        } catch (IOException e) {
            if (Thread.interrupted()) {
                return "interrupted by the user";
            }
            if (e.getMessage() == null || e.getMessage().isBlank() || e.getMessage().contains("\n")) {
                throw new AssertionError("a failure without a sentence", e);
            }
            if (plan.isHarmless()) {
                throw new AssertionError("a session with delays only failed: " + e.getMessage(), e);
            }
            return e.getMessage().contains("exit status") ? "saw the plugin end" : "got a reason";
        }
    }

    private void importAll(Importer importer) throws IOException, InterruptedException {
        AtomicInteger seen = new AtomicInteger();
        List<Thread> readers = Collections.synchronizedList(new ArrayList<>());
        try {
            importer.importRecords(new RecordSink() {
                @Override
                public void emit(ConnectorRecord record) {
                    emit(record, result -> {});
                }

                @Override
                public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
                    seen.incrementAndGet();
                    readers.add(Thread.ofVirtual().name("reading").start(() -> onResult.accept(read(record))));
                }
            });
        } finally {
            for (Thread reader : readers) {
                reader.interrupt(); // the rest is not needed
            }
        }
        if (!saidComplete.getAsBoolean()) {
            throw new AssertionError("an import that was cut off counts as complete");
        }
        if (plan.isHarmless() && seen.get() != plan.records()) {
            throw new AssertionError(seen.get() + " records came, not " + plan.records());
        }
        importer.close();
    }

    private ConnectorResult read(ConnectorRecord record) {
        if (record instanceof FileRecord file && file.content().isPresent()) {
            try (InputStream in = file.content().get().open()) {
                long count = plan.read() == 0 ? 0 : in.transferTo(OutputStream.nullOutputStream());
                if (plan.isHarmless() && plan.read() > 0 && count != file.info().size()) {
                    throw new AssertionError(file.pathname() + " has " + count + " bytes, not " + file.info().size());
                }
            } catch (IOException e) {
                return ConnectorResult.error(record, String.valueOf(e.getMessage()));
            }
        }
        return ConnectorResult.ok(record);
    }

    private void exportAll(Exporter exporter) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<ConnectorRecord> answered = Collections.synchronizedList(new ArrayList<>());
        RecordSource source = () -> next(next.getAndIncrement());
        exporter.exportRecords(source, new ResultSink() {
            @Override
            public void ok(ConnectorRecord record) {
                answered.add(record);
            }

            @Override
            public void error(ConnectorRecord record, String message) {
                if (message.isBlank()) {
                    throw new AssertionError("an error without a sentence for " + record.pathname());
                }
                answered.add(record);
            }
        });
        if (answered.size() != plan.records()
                || answered.stream().map(ConnectorRecord::pathname).distinct().count() != plan.records()) {
            throw new AssertionError("the export ended well with " + answered.size() + " results for " + plan.records()
                    + " records");
        }
        exporter.close();
    }

    private @Nullable ConnectorRecord next(int number) {
        return number < plan.records() ? Samples.record(contents, number, plan.contentBytes()) : null;
    }

    private void useStore(Store store) throws IOException, InterruptedException {
        for (int number = 0; number < plan.records(); number++) {
            byte[] bytes = contents.bytes(Samples.length(number, plan.contentBytes()));
            store.put(StorageResource.PACKFILE, Samples.mac(number), new ByteArrayInputStream(bytes));
            try (InputStream in = store.get(StorageResource.PACKFILE, Samples.mac(number), null)) {
                byte[] got = in.readAllBytes();
                if (plan.isHarmless() && !Arrays.equals(got, bytes)) {
                    throw new AssertionError("object " + number + " came back different");
                }
            }
            if (number % 5 == 4) {
                store.delete(StorageResource.PACKFILE, Samples.mac(number));
            }
        }
        store.list(StorageResource.PACKFILE);
        store.close();
    }
}
