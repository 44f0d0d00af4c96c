package dev.kloset.jdbc;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.jdbc.backup.ZippedRows;
import dev.kloset.testkit.fixtures.MemorySnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a backup brought, in memory: read as a host reads it, changed as a test likes, and restored in the order of a host. */
public final class Snapshot {

    private final MemorySnapshot snapshot;
    private final Map<String, FileInfo> infos = new HashMap<>(); // guarded by snapshot
    private final Set<String> opened = new TreeSet<>(); // guarded by snapshot

    private Snapshot(MemorySnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What a test does while a backup runs. */
    @FunctionalInterface
    public interface Event {

        /** Called before the content of a file is read. */
        void reading(String pathname) throws Exception;
    }

    /** {@return a backup with these settings} */
    public static Snapshot of(Map<String, String> settings, String... excludes) throws Exception {
        return of(settings, _ -> {}, excludes);
    }

    /** {@return a backup during which something happens} */
    public static Snapshot of(Map<String, String> settings, Event event, String... excludes) throws Exception {
        return of(settings, new Snapshot(new MemorySnapshot()), event, excludes);
    }

    /** {@return the next backup, in which the host opens only what looks different than in this one} */
    public Snapshot next(Map<String, String> settings) throws Exception {
        return of(settings, this, _ -> {});
    }

    private static Snapshot of(Map<String, String> settings, Snapshot parent, Event event, String... excludes)
            throws Exception {
        Plugin.Registration importer = JdbcPlugin.plugin().registrations(Plugin.Kind.IMPORTER).getFirst();
        Snapshot taken = new Snapshot(new MemorySnapshot());
        try (Importer opened = importer.importer().orElseThrow().create(context(settings, excludes))) {
            opened.importRecords(taken.sink(parent, event));
        }
        return taken;
    }

    private static ConnectorContext context(Map<String, String> settings, String... excludes) {
        return ConnectorContext.of("jdbc", ConnectorConfig.of(settings),
                Options.builder().excludes(List.of(excludes)).build());
    }

    private RecordSink sink(Snapshot parent, Event event) {
        return new RecordSink() {
            @Override
            public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
                if (record instanceof FileRecord file && file.content().isPresent()) {
                    happen(event, record.pathname());
                    take(parent, file, file.content().get());
                }
                onResult.accept(ConnectorResult.ok(record));
            }
        };
    }

    private void take(Snapshot parent, FileRecord file, Content content) throws IOException {
        byte[] bytes = parent.files().get(file.pathname());
        boolean looksUnchanged = bytes != null && Objects.equals(file.info(), parent.infos.get(file.pathname()));
        if (!looksUnchanged) {
            try (InputStream in = content.open()) {
                bytes = in.readAllBytes();
            }
        }
        synchronized (snapshot) {
            if (files().put(file.pathname(), bytes) != null) {
                throw new IOException(file.pathname() + " was emitted twice");
            }
            infos.put(file.pathname(), file.info());
            if (!looksUnchanged) {
                opened.add(file.pathname());
            }
        }
    }

    private static void happen(Event event, String pathname) throws IOException {
        try {
            event.reading(pathname);
        } catch (Exception e) {
            throw new IOException("the event at " + pathname + " failed", e);
        }
    }

    /** {@return the paths of the contents that the host has opened, sorted} */
    public Set<String> opened() {
        return opened;
    }

    /** {@return the contents by path, which may be changed} */
    public SortedMap<String, byte[]> files() {
        return snapshot.files();
    }

    static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return the text of a file} */
    public String text(String pathname) {
        return ZippedRows.text(pathname, snapshot.file(pathname));
    }

    /** Give a file another text. */
    public void change(String pathname, String text) {
        files().put(pathname, ZippedRows.file(pathname, text));
    }

    /** {@return all rows of a table, part after part} */
    public String rows(String table) {
        StringBuilder rows = new StringBuilder();
        files().forEach((path, bytes) -> {
            if (path.startsWith(table + "/20-data/")) {
                rows.append(ZippedRows.text(path, bytes));
            }
        });
        return rows.toString();
    }

    /** {@return what a restore of only this directory brings} */
    public Snapshot below(String directory) {
        return new Snapshot(snapshot.below(directory));
    }

    /**
     * {@return the errors of single records}
     *
     * @throws Exception if the restore as a whole fails
     */
    public List<String> restore(Map<String, String> settings) throws Exception {
        List<String> errors = new ArrayList<>();
        restore(settings, errors);
        return errors;
    }

    /** Restore, with a list that gets the errors of single records. */
    public void restore(Map<String, String> settings, List<String> errors) throws Exception {
        Plugin.Registration exporter = JdbcPlugin.plugin().registrations(Plugin.Kind.EXPORTER).getFirst();
        try (Exporter opened = exporter.exporter().orElseThrow().create(context(settings))) {
            snapshot.restore(opened, errors);
        }
    }
}
