package dev.kloset.interop;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All records of an importer, with the contents in memory. */
final class ImportedTree {

    private final SortedMap<String, FileRecord> files = new ConcurrentSkipListMap<>();
    private final Map<String, byte[]> xattrs = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();

    static ImportedTree of(Importer importer) throws IOException, InterruptedException {
        ImportedTree tree = new ImportedTree();
        importer.importRecords(tree::take);
        return tree;
    }

    private void take(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
        switch (record) {
            case FileRecord file -> files.put(file.pathname(), inMemory(file));
            case XattrRecord xattr -> xattrs.put(xattr.pathname() + ":" + xattr.name(), read(xattr.content()));
            case ErrorRecord error -> errors.put(error.pathname(), error.message());
        }
        onResult.accept(ConnectorResult.ok(record));
    }

    private static FileRecord inMemory(FileRecord file) throws IOException {
        return file.content().isPresent() ? file.withContent(Content.of(read(file.content().get()))) : file;
    }

    private static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    Map<String, FileRecord> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    Map<String, byte[]> xattrs() {
        return xattrs;
    }

    Map<String, String> errors() {
        return errors;
    }

    /**
     * Give everything at and below {@code root} to an exporter, as a restore does: parents first, paths relative to the root.
     *
     * @return the errors by path
     */
    Map<String, String> exportTo(Exporter exporter, String root) throws IOException, InterruptedException {
        Results results = new Results();
        Iterator<FileRecord> below = files.values()
                .stream()
                .filter(file -> file.pathname().equals(root) || file.pathname().startsWith(root + "/"))
                .map(file -> file
                        .withPathname(file.pathname().equals(root) ? "/" : file.pathname().substring(root.length())))
                .iterator();
        exporter.exportRecords(new RecordSource() {
            @Override
            public @Nullable ConnectorRecord next() {
                return below.hasNext() ? below.next() : null;
            }
        }, results);
        return results.failed;
    }

    private static final class Results implements ResultSink {

        private final Map<String, String> failed = Collections.synchronizedMap(new TreeMap<>());

        @Override
        public void ok(ConnectorRecord record) {
            // Only failures matter here.
        }

        @Override
        public void error(ConnectorRecord record, String message) {
            failed.put(record.pathname(), message);
        }
    }
}
