package dev.kloset.files.backup;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Keeps all records of an import, and makes importers. */
public final class WalkCollector implements RecordSink {

    private final List<ConnectorRecord> records = Collections.synchronizedList(new ArrayList<>());

    static FilesImporter importer(Path root) throws IOException {
        return importer(root.toString(), Map.of(), options -> options);
    }

    public static FilesImporter importer(String location, Map<String, String> settings,
            UnaryOperator<Options.Builder> options)
            throws IOException {
        Map<String, String> config = new HashMap<>(settings);
        config.put("location", "files://" + location);
        Options.Builder builder = Options.builder().hostname("box").cwd("/").maxConcurrency(3);
        return new FilesImporter(
                ConnectorContext.of("files", ConnectorConfig.of(config), options.apply(builder).build()));
    }

    /** {@return the records of everything below {@code root}} */
    public static WalkCollector of(Path root) throws IOException, InterruptedException {
        return of(importer(root));
    }

    public static WalkCollector of(FilesImporter importer) throws IOException, InterruptedException {
        WalkCollector collector = new WalkCollector();
        importer.importRecords(collector);
        return collector;
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
        records.add(record);
    }

    public List<ConnectorRecord> all() {
        return List.copyOf(records);
    }

    /** {@return the paths of all files and directories, sorted} */
    List<String> paths() {
        return all(FileRecord.class).stream().map(FileRecord::pathname).sorted().toList();
    }

    /** {@return the paths below {@code root}, without it, sorted} */
    public List<String> pathsBelow(Path root) {
        String prefix = root + "/";
        return paths().stream().filter(p -> p.startsWith(prefix)).map(p -> p.substring(prefix.length())).toList();
    }

    public FileRecord file(Path path) {
        return file(path.toString());
    }

    public FileRecord file(String path) {
        return all(FileRecord.class).stream()
                .filter(record -> record.pathname().equals(path))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(path + " among " + records));
    }

    public List<XattrRecord> xattrs(Path path) {
        return all(XattrRecord.class).stream().filter(record -> record.pathname().equals(path.toString())).toList();
    }

    public List<ErrorRecord> errors() {
        return all(ErrorRecord.class);
    }

    public <T extends ConnectorRecord> List<T> all(Class<T> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    public static byte[] bytes(FileRecord record) {
        try (InputStream in = record.content().orElseThrow().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(XattrRecord record) throws IOException {
        try (InputStream in = record.content().open()) {
            return in.readAllBytes();
        }
    }
}
