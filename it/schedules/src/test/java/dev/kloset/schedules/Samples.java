package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.Range;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Connectors as authors write them, good and less good ones; the settings choose among them. */
record Samples(Contents contents, Path directory, Moments moments) {

    /** Learns how far a connector has come, so that something can happen at that moment. Any thread. */
    @FunctionalInterface
    interface Moments {
        void reached(String call) throws IOException;

        /** {@return {@code stream}, with each of its reads a moment of {@code call}} */
        default InputStream within(String call, InputStream stream) {
            return new FilterInputStream(stream) {
                @Override
                public int read() throws IOException {
                    reached(call);
                    return super.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    reached(call);
                    return super.read(target, offset, length);
                }
            };
        }
    }

    Samples(Contents contents, Path directory) {
        this(contents, directory, call -> {});
    }

    Plugin plugin() {
        return Plugin.builder("sample").importer("test", context -> {
            moments.reached("Init");
            return new SampleImporter(context.config());
        }).exporter("test", context -> {
            moments.reached("Init");
            return new SampleExporter(context.config());
        }).storage("test", context -> {
            moments.reached("Init");
            return new SampleStore();
        }).build();
    }

    static FileRecord record(Contents contents, int number, int contentBytes) {
        int length = length(number, contentBytes);
        return FileRecord.file("/f" + number, length, Instant.EPOCH, () -> contents.open(length));
    }

    static int length(int number, int contentBytes) {
        return number % 7 == 3 || contentBytes == 0 ? 0 : 1 + (number * 7919) % contentBytes;
    }

    static ObjectMac mac(int number) {
        byte[] bytes = new byte[ObjectMac.BYTES];
        bytes[0] = (byte) number;
        return ObjectMac.of(bytes);
    }

    private abstract class Sample implements Connector {

        @Override
        public String origin() {
            return "here";
        }

        @Override
        public String type() {
            return "test";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void close() throws IOException {
            moments.reached("Close");
        }
    }

    private static int number(ConnectorConfig config, String key) {
        return Integer.parseInt(config.string(key, "0"));
    }

    private final class SampleImporter extends Sample implements Importer {

        private final ConnectorConfig config;

        SampleImporter(ConnectorConfig config) {
            this.config = config;
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            int count = number(config, "records");
            int failAt = number(config, "fail");
            AtomicInteger next = new AtomicInteger();
            Emission emission = () -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    if (i == failAt) {
                        throw new IOException("the source is broken at record " + i);
                    }
                    moments.reached("Import");
                    records.emit(sample(i));
                }
            };
            emission.onThreads(number(config, "threads"));
        }

        private FileRecord sample(int number) {
            int length = length(number, number(config, "content"));
            Content content = () -> moments.within("Open", contents.open(length));
            return record(contents, number, number(config, "content")).withContent(content.withReadAhead());
        }
    }

    /** Work that several threads share; the first failure ends it for all of them. */
    private interface Emission {
        void run() throws IOException, InterruptedException;

        default void onThreads(int count) throws IOException, InterruptedException {
            List<Exception> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                threads.add(Thread.ofVirtual().name("emitter").start(() -> {
                    try {
                        run();
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }));
            }
            try {
                run();
                for (Thread thread : threads) {
                    thread.join();
                }
            } finally {
                threads.forEach(Thread::interrupt);
            }
            synchronized (failures) {
                if (!failures.isEmpty()) {
                    throw new IOException(failures.getFirst().getMessage(), failures.getFirst());
                }
            }
        }
    }

    private final class SampleExporter extends Sample implements Exporter {

        private final ConnectorConfig config;

        SampleExporter(ConnectorConfig config) {
            this.config = config;
        }

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            int failAt = number(config, "fail");
            int seen = 0;
            for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
                moments.reached("Export");
                if (seen++ == failAt) {
                    throw new IOException("the destination is full at record " + seen);
                }
                try {
                    read(record);
                    results.ok(record);
                } catch (IOException e) {
                    results.error(record, e);
                }
            }
        }

        private void read(ConnectorRecord record) throws IOException {
            int much = number(config, "read");
            if (much > 0 && record instanceof FileRecord file && file.content().isPresent()) {
                try (InputStream in = moments.within("Content", file.content().get().open())) {
                    if (much == 3) {
                        compare(file, in.readAllBytes());
                        return;
                    }
                    long count = much == 1
                            ? in.readNBytes(10).length
                            : in.transferTo(OutputStream.nullOutputStream());
                    if (much == 2 && count != file.info().size()) {
                        throw new IOException(file.pathname() + " has " + count + " bytes, not " + file.info().size());
                    }
                }
            }
        }
    }

    private void compare(FileRecord file, byte[] bytes) throws IOException {
        if (!Arrays.equals(bytes, contents.bytes((int) file.info().size()))) {
            throw new IOException(file.pathname() + " came with other bytes");
        }
    }

    /** Objects in memory, stored by way of a file. */
    private final class SampleStore extends Sample implements Store {

        private final Map<ObjectMac, byte[]> objects = new ConcurrentHashMap<>();

        @Override
        public void create(byte[] config) throws IOException {
            moments.reached("Create");
        }

        @Override
        public byte[] open() throws IOException {
            moments.reached("Open");
            return new byte[]{ 1 };
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) throws IOException {
            moments.reached("List");
            return List.copyOf(objects.keySet());
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
            Path temporary = Files.createTempFile(directory, "put", null);
            try {
                Files.copy(moments.within("Put", data), temporary, StandardCopyOption.REPLACE_EXISTING);
                byte[] bytes = Files.readAllBytes(temporary);
                objects.put(mac, bytes);
                return bytes.length;
            } finally {
                Files.delete(temporary);
            }
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
            byte[] bytes = objects.get(mac);
            if (bytes == null) {
                throw new NoSuchFileException(mac.hex());
            }
            // An object of a sample has the bytes of the contents, so a file can supply them.
            InputStream whole = bytes.length == 0 ? new ByteArrayInputStream(bytes) : contents.open(bytes.length);
            return moments.within("Get", range == null ? whole : range.of(whole));
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) throws IOException {
            moments.reached("Delete");
            objects.remove(mac);
        }
    }
}
