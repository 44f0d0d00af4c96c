package dev.kloset.hadoop;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Location;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.XattrRecord;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.layout.MetadataFile;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a host keeps of a backup: it reads each file at once, unless it looks as in a former backup. */
final class Taken {

    private final @Nullable Taken former;
    private final Consumer<ConnectorRecord> onRecord;
    private final SortedMap<String, FileRecord> records = new TreeMap<>(); // guarded by this, as all below
    private final Map<String, byte[]> bytes = new HashMap<>();
    private final Map<String, Map<String, String>> xattrs = new TreeMap<>();
    private final SortedMap<String, String> errors = new TreeMap<>();
    private final SortedSet<String> opened = new TreeSet<>();

    private Taken(@Nullable Taken former, Consumer<ConnectorRecord> onRecord) {
        this.former = former;
        this.onRecord = onRecord;
    }

    /** {@return a first backup} */
    static Taken of(Map<String, String> settings, String... excludes) throws Exception {
        return new Taken(null, _ -> {}).take(settings, excludes);
    }

    /** {@return a backup during which a test does something at each record} */
    static Taken of(Map<String, String> settings, Consumer<ConnectorRecord> onRecord) throws Exception {
        return new Taken(null, onRecord).take(settings);
    }

    /** {@return another backup, which reads what looks changed} */
    Taken next(Map<String, String> settings) throws Exception {
        return new Taken(this, _ -> {}).take(settings);
    }

    static Importer importer(Map<String, String> settings, String... excludes) throws Exception {
        String proto = Location.parse(settings.getOrDefault("location", "")).proto();
        Options options = Options.builder().excludes(List.of(excludes)).build();
        return HadoopPlugin.plugin()
                .registrations(Plugin.Kind.IMPORTER)
                .stream()
                .filter(one -> one.proto().equals(proto))
                .findFirst()
                .flatMap(Plugin.Registration::importer)
                .orElseThrow()
                .create(ConnectorContext.of(proto, ConnectorConfig.of(settings), options));
    }

    private Taken take(Map<String, String> settings, String... excludes) throws Exception {
        try (Importer importer = importer(settings, excludes)) {
            importer.importRecords((record, onResult) -> {
                onRecord.accept(record);
                add(record);
                onResult.accept(ConnectorResult.ok(record));
            });
        }
        return this;
    }

    private void add(ConnectorRecord record) throws IOException {
        switch (record) {
            case FileRecord file -> add(file);
            case ErrorRecord error -> {
                synchronized (this) {
                    errors.put(error.pathname(), error.message());
                }
            }
            case XattrRecord xattr -> {
                String value = new String(read(xattr.content()), StandardCharsets.UTF_8);
                synchronized (this) {
                    xattrs.computeIfAbsent(xattr.pathname(), _ -> new TreeMap<>()).put(xattr.name(), value);
                }
            }
        }
    }

    private void add(FileRecord file) {
        FileRecord before = former == null ? null : former.records.get(file.pathname());
        byte[] content = null;
        String error = null;
        boolean open = file.content().isPresent() && (before == null || !before.info().equals(file.info()));
        if (open) {
            try {
                content = read(file.content().orElseThrow());
            } catch (IOException e) {
                error = Sentence.of(e);
            }
        } else if (former != null && file.content().isPresent()) {
            content = former.bytes.get(file.pathname());
        }
        synchronized (this) {
            if (records.put(file.pathname(), file.withContent(null)) != null) {
                throw new IllegalStateException(file.pathname() + " came twice");
            }
            if (open) {
                opened.add(file.pathname());
            }
            if (content != null) {
                bytes.put(file.pathname(), content);
            }
            if (error != null) {
                errors.put(file.pathname(), error);
            }
        }
    }

    private static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    Set<String> paths() {
        return records.keySet();
    }

    Map<String, String> errors() {
        return errors;
    }

    /** {@return the files that were read} */
    Set<String> opened() {
        return opened;
    }

    FileInfo info(String path) {
        return Objects.requireNonNull(records.get(path), () -> path + " is not in " + paths()).info();
    }

    String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    byte[] bytes(String path) {
        return Objects.requireNonNull(bytes.get(path), () -> path + " is not in " + paths());
    }

    boolean hasBytes(String path) {
        return bytes.containsKey(path);
    }

    Map<String, String> xattrs(String path) {
        return xattrs.getOrDefault(path, Map.of());
    }

    FileRecord record(String path) {
        return Objects.requireNonNull(records.get(path), path);
    }

    /** {@return what the first file of metadata of a directory says of a name in it} */
    Metadata metadata(String directory, String name) throws IOException {
        return Objects.requireNonNull(metadata(directory).get(name), name);
    }

    /** {@return the lines of the first file of metadata of a directory, by name} */
    Map<String, Metadata> metadata(String directory) throws IOException {
        String path = Layout.child(directory, Layout.metadata(0));
        Map<String, Metadata> lines = new TreeMap<>();
        if (bytes.containsKey(path)) {
            MetadataFile.read(new ByteArrayInputStream(bytes(path))).forEach(line -> lines.put(line.name(), line));
        }
        return lines;
    }
}
