package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Location;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Restores as a host does: in the order of paths, without the path in front of what is restored. */
final class Restored {

    private final SortedMap<String, ConnectorRecord> records = new TreeMap<>(Comparator.naturalOrder());

    private Restored() {}

    /** {@return a directory of a backup} */
    static Restored of(Taken taken, String directory) {
        Restored restored = new Restored();
        String above = directory.equals("/") ? "" : directory;
        for (String path : taken.paths()) {
            if (path.equals(directory)) {
                restored.add(taken, path, "/");
            } else if (path.startsWith(above + "/")) {
                restored.add(taken, path, path.substring(above.length()));
            }
        }
        return restored;
    }

    /** {@return no records yet but that of the root} */
    static Restored nothing() {
        Restored restored = new Restored();
        restored.put(FileRecord.of("/", FileInfo.directory("/", Instant.EPOCH)));
        return restored;
    }

    private void add(Taken taken, String path, String name) {
        FileRecord record = taken.record(path);
        if (record.info().mode().isRegular() && !taken.hasBytes(path)) {
            return; // it could not be read, so the snapshot has no such file
        }
        Content content = record.info().mode().isRegular() ? Content.of(taken.bytes(path)) : null;
        put(FileRecord.received(name, record.info(), "", record.xattrNames(), 0, content));
    }

    /** Add a record. */
    Restored put(ConnectorRecord record) {
        records.put(record.pathname(), record);
        return this;
    }

    /** Restore all without an error. */
    void into(Map<String, String> settings) throws Exception {
        assertThat(errors(settings)).isEmpty();
    }

    /**
     * {@return the errors of single records, by path}
     *
     * @throws Exception if the restore as a whole fails
     */
    Map<String, String> errors(Map<String, String> settings) throws Exception {
        Map<String, String> errors = new TreeMap<>();
        errors(settings, errors);
        return errors;
    }

    /** Restore, with a map that gets the errors of single records. */
    void errors(Map<String, String> settings, Map<String, String> errors) throws Exception {
        String proto = Location.parse(settings.getOrDefault("location", "")).proto();
        Plugin.Registration exporter = HadoopPlugin.plugin()
                .registrations(Plugin.Kind.EXPORTER)
                .stream()
                .filter(one -> one.proto().equals(proto))
                .findFirst()
                .orElseThrow();
        try (Exporter opened = exporter.exporter()
                .orElseThrow()
                .create(ConnectorContext.of(proto, ConnectorConfig.of(settings), Options.builder().build()))) {
            opened.exportRecords(source(), new Results(errors));
        }
    }

    private RecordSource source() {
        Iterator<ConnectorRecord> rest = records.values().iterator();
        return new RecordSource() {
            @Override
            public @Nullable ConnectorRecord next() {
                return rest.hasNext() ? rest.next() : null;
            }
        };
    }

    private record Results(Map<String, String> errors) implements ResultSink {

        @Override
        public void ok(ConnectorRecord record) {}

        @Override
        public void error(ConnectorRecord record, String message) {
            synchronized (errors) {
                errors.put(record.pathname(), message);
            }
        }
    }
}
