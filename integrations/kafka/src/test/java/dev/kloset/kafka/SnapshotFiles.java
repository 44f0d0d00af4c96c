package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a snapshot in memory, to be changed as a test likes, and restored in the order of a host. */
public final class SnapshotFiles {

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /** A snapshot without files. */
    public SnapshotFiles() {}

    /** {@return a backup with these settings} */
    public static SnapshotFiles of(Map<String, String> settings) throws Exception {
        SnapshotFiles files = new SnapshotFiles();
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.errors()).isEmpty();
            for (String path : snapshot.paths()) {
                if (snapshot.info(path).mode().isRegular()) {
                    files.files.put(path, snapshot.bytes(path));
                }
            }
        }
        return files;
    }

    private static ConnectorContext context(Map<String, String> settings) {
        return ConnectorContext.of("kafka", ConnectorConfig.of(settings), Options.builder().build());
    }

    /** {@return the contents by path, which may be changed} */
    public SortedMap<String, byte[]> files() {
        return files;
    }

    /** {@return a file that is there} */
    public byte[] file(String pathname) {
        return Objects.requireNonNull(files.get(pathname), pathname);
    }

    /** Add a file. */
    public void put(String pathname, String text) {
        files.put(pathname, text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return what a restore of only this directory brings} */
    public SnapshotFiles below(String directory) {
        SnapshotFiles below = new SnapshotFiles();
        files.forEach((path, bytes) -> {
            if (path.startsWith(directory + "/")) {
                below.files.put(path.substring(directory.length()), bytes);
            }
        });
        return below;
    }

    /**
     * {@return the errors of single records}
     *
     * @throws Exception if the restore as a whole fails
     */
    public List<String> restore(Map<String, String> settings) throws Exception {
        List<String> failed = new ArrayList<>();
        restore(settings, failed);
        return failed;
    }

    /** Restore, with a list that gets the errors of single records. */
    public void restore(Map<String, String> settings, List<String> failed) throws Exception {
        Plugin.Registration exporter = KafkaPlugin.plugin().registrations(Plugin.Kind.EXPORTER).getFirst();
        try (Exporter opened = exporter.exporter().orElseThrow().create(context(settings))) {
            opened.exportRecords(source(), results(failed));
        }
    }

    private RecordSource source() {
        SortedMap<String, ConnectorRecord> records = new TreeMap<>();
        files.forEach((path, bytes) -> {
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                String parent = slash == 0 ? "/" : path.substring(0, slash);
                records.put(parent, FileRecord.of(parent, FileInfo.directory(name(parent), Instant.EPOCH)));
                if (slash == 0) {
                    break;
                }
            }
            records.put(path, FileRecord.file(path, bytes.length, Instant.EPOCH, Content.of(bytes)));
        });
        Iterator<ConnectorRecord> rest = records.values().iterator();
        return new RecordSource() {
            @Override
            public @Nullable ConnectorRecord next() {
                return rest.hasNext() ? rest.next() : null;
            }
        };
    }

    private static String name(String path) {
        return path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1);
    }

    private static ResultSink results(List<String> failed) {
        return new ResultSink() {
            @Override
            public void ok(ConnectorRecord record) {}

            @Override
            public void error(ConnectorRecord record, String message) {
                synchronized (failed) {
                    failed.add(record.pathname() + ": " + message);
                }
            }
        };
    }
}
