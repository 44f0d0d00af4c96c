package dev.kloset.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.kafka.layout.KrecReader;
import dev.kloset.kafka.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What an importer has emitted. Its contents can be opened until it is closed. */
public final class Snapshot implements AutoCloseable {

    private static final int LARGEST = 64 << 20;

    private final Importer importer;
    private final Map<String, FileRecord> files = new TreeMap<>();
    private final Map<String, String> errors = new TreeMap<>();

    private Snapshot(Importer importer) {
        this.importer = importer;
    }

    /** {@return the snapshot of a backup with these settings and excludes} */
    public static Snapshot take(Map<String, String> settings, String... excludes) throws Exception {
        Snapshot snapshot = new Snapshot(importer(settings, excludes));
        boolean taken = false;
        try {
            snapshot.importer.importRecords((record, _) -> snapshot.add(record));
            taken = true;
            return snapshot;
        } finally {
            if (!taken) {
                snapshot.close();
            }
        }
    }

    /** {@return an importer with these settings and excludes, which the caller closes} */
    public static Importer importer(Map<String, String> settings, String... excludes) throws Exception {
        Options options = Options.builder().excludes(List.of(excludes)).build();
        return KafkaPlugin.plugin()
                .registrations(Plugin.Kind.IMPORTER)
                .getFirst()
                .importer()
                .orElseThrow()
                .create(ConnectorContext.of("kafka", ConnectorConfig.of(settings), options));
    }

    private synchronized void add(ConnectorRecord record) {
        switch (record) {
            case FileRecord file -> files.put(file.pathname(), file);
            case ErrorRecord error -> errors.put(error.pathname(), error.message());
            default -> throw new IllegalStateException(record.pathname() + " is something else");
        }
    }

    public Set<String> paths() {
        return files.keySet();
    }

    public Map<String, String> errors() {
        return errors;
    }

    public FileInfo info(String path) {
        return file(path).info();
    }

    private FileRecord file(String path) {
        return Objects.requireNonNull(files.get(path), () -> path + " is not in " + paths());
    }

    public byte[] bytes(String path) throws IOException {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        }
    }

    public InputStream open(String path) throws IOException {
        return file(path).content().orElseThrow().open();
    }

    public String text(String path) throws IOException {
        return new String(bytes(path), UTF_8);
    }

    /** {@return the records of a file} */
    public List<ConsumerRecord<byte[], byte[]>> records(String path) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (InputStream in = open(path)) {
            KrecReader reader = new KrecReader(in, LARGEST);
            for (var record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    /** {@return the records of a partition} */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String path : windows(topic, partition)) {
            records.addAll(records(path));
        }
        return records;
    }

    /** {@return the files of records of a partition, in order} */
    public List<String> windows(String topic, int partition) {
        String directory = Layout.partition(topic, partition) + "/";
        return paths().stream().filter(path -> path.startsWith(directory)).toList();
    }

    /** {@return the values of records, as texts} */
    public static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> record.value() == null ? "null" : new String(record.value(), UTF_8))
                .toList();
    }

    /** {@return the files that a host would read again after a former backup, as it compares metadata} */
    public Set<String> changedSince(Snapshot former) {
        Set<String> changed = new HashSet<>();
        files.forEach((path, file) -> {
            FileRecord before = former.files.get(path);
            if (file.content().isPresent() && (before == null || !before.info().equals(file.info()))) {
                changed.add(path);
            }
        });
        return changed;
    }

    @Override
    public void close() throws IOException {
        importer.close();
    }
}
