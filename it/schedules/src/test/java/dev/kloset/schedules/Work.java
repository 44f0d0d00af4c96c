package dev.kloset.schedules;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What a host asks of a connector, with every kind of call. It succeeds only if every byte is right. For one thread.
 *
 * @param moments learns how far the host has come
 */
record Work(Stop stop, Contents contents, Samples.Moments moments) {

    /** Do all the work. An interrupt ends it. */
    void run(PluginProcess plugin) throws IOException, InterruptedException {
        ConnectorConfig config = ConnectorConfig.of(stop.config());
        ConnectorContext context = ConnectorContext.of("test", config, Options.builder().build());
        moments.reached("Init");
        switch (stop.kind()) {
            case IMPORTER -> importAll(plugin.importer(context));
            case EXPORTER -> exportAll(plugin.exporter(context));
            case STORAGE -> use(plugin.store(StoreContext.of("test", config)));
        }
    }

    private void importAll(Importer importer) throws IOException, InterruptedException {
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        List<Thread> readers = new ArrayList<>();
        AtomicInteger right = new AtomicInteger();
        try {
            importer.importRecords(new RecordSink() {
                @Override
                public void emit(ConnectorRecord record) throws IOException {
                    emit(record, result -> {});
                }

                @Override
                public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
                    moments.reached("Import");
                    readers.add(Thread.ofVirtual().name("reading").start(() -> {
                        try {
                            compare((FileRecord) record);
                            right.incrementAndGet();
                        } catch (IOException e) {
                            problems.add(e.getMessage());
                        }
                        onResult.accept(ConnectorResult.ok(record));
                    }));
                }
            });
        } finally {
            readers.forEach(Thread::interrupt);
        }
        require(problems.isEmpty() && right.get() == Stop.RECORDS, right + " files are right; " + problems);
        moments.reached("Close");
        importer.close();
    }

    private void compare(FileRecord file) throws IOException {
        int length = (int) file.info().size();
        try (InputStream in = moments.within("Open", file.content().orElseThrow().open())) {
            require(Arrays.equals(in.readAllBytes(), contents.bytes(length)), file + " came with other bytes");
        }
    }

    private void exportAll(Exporter exporter) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<String> right = Collections.synchronizedList(new ArrayList<>());
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        exporter.exportRecords(() -> {
            int number = next.getAndIncrement();
            if (number >= Stop.RECORDS) {
                return null;
            }
            moments.reached("Export");
            FileRecord record = Samples.record(contents, number, Stop.CONTENT_BYTES);
            return record.withContent(() -> moments.within("Content", record.content().orElseThrow().open()));
        }, new ResultSink() {
            @Override
            public void ok(ConnectorRecord record) {
                right.add(record.pathname());
            }

            @Override
            public void error(ConnectorRecord record, String message) {
                wrong.add(message);
            }
        });
        require(wrong.isEmpty() && right.size() == Stop.RECORDS, right + " are right; " + wrong);
        moments.reached("Close");
        exporter.close();
    }

    private void use(Store store) throws IOException, InterruptedException {
        moments.reached("Create");
        store.create(new byte[]{ 1 });
        moments.reached("Open");
        require(Arrays.equals(store.open(), new byte[]{ 1 }), "the configuration is another one");
        for (int number = 0; number < Stop.RECORDS; number++) {
            ObjectMac mac = Samples.mac(number);
            byte[] bytes = contents.bytes(Samples.length(number, Stop.CONTENT_BYTES));
            store.put(StorageResource.PACKFILE, mac, moments.within("Put", new ByteArrayInputStream(bytes)));
            try (InputStream in = moments.within("Get", store.get(StorageResource.PACKFILE, mac, null))) {
                require(Arrays.equals(in.readAllBytes(), bytes), "object " + number + " came back different");
            }
            if (number % 5 == 4) {
                moments.reached("Delete");
                store.delete(StorageResource.PACKFILE, mac);
            }
        }
        moments.reached("List");
        int left = store.list(StorageResource.PACKFILE).size();
        require(left == Stop.RECORDS - Stop.RECORDS / 5, left + " objects are left");
        store.close();
    }

    private static void require(boolean isRight, String otherwise) throws IOException {
        if (!isRight) {
            throw new IOException(otherwise);
        }
    }
}
