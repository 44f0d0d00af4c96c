package dev.kloset.testkit;

import dev.kloset.Connector;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An exporter that keeps records in memory, and an importer that returns them, changed as a test says. */
final class MemoryTree {

    private final Map<String, List<ConnectorRecord>> places = new ConcurrentHashMap<>();

    private MemoryTree() {}

    /** {@return a plugin with both connectors} */
    static Plugin plugin(UnaryOperator<FileRecord> change) {
        MemoryTree tree = new MemoryTree();
        return Plugin.builder("tree")
                .exporter("tree", context -> new Keeper(tree.at(context.config().location().path())))
                .importer("tree", context -> new Giver(tree.at(context.config().location().path()), change))
                .build();
    }

    static Content content(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private List<ConnectorRecord> at(String path) {
        return places.computeIfAbsent(path, key -> new CopyOnWriteArrayList<>());
    }

    private static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private interface Tree extends Connector {
        @Override
        default String origin() {
            return "memory";
        }

        @Override
        default String type() {
            return "tree";
        }

        @Override
        default String root() {
            return "/";
        }
    }

    private static final class Keeper implements Tree, Exporter {

        private final List<ConnectorRecord> kept;

        Keeper(List<ConnectorRecord> kept) {
            this.kept = kept;
        }

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            records.forEach(results, this::keep);
        }

        private void keep(ConnectorRecord record) throws IOException {
            switch (record) {
                case XattrRecord x -> kept.add(XattrRecord.of(x.pathname(), x.name(), content(read(x.content()))));
                case FileRecord file when file.content().isPresent() -> kept
                        .add(file.withContent(content(read(file.content().get()))));
                default -> kept.add(record);
            }
        }
    }

    private static final class Giver implements Tree, Importer {

        private final List<ConnectorRecord> kept;

        private final UnaryOperator<FileRecord> change;

        Giver(List<ConnectorRecord> kept, UnaryOperator<FileRecord> change) {
            this.kept = kept;
            this.change = change;
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            for (ConnectorRecord record : kept) {
                records.emit(record instanceof FileRecord file ? change.apply(named(file)) : record);
            }
        }

        /** The root of a restore has the name of the directory that was backed up. */
        private static FileRecord named(FileRecord file) {
            FileInfo info = file.info();
            return file.pathname().equals("/") ? file.withInfo(info.toBuilder().name("/").build()) : file;
        }
    }
}
