package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An exporter in this process. {@link #collecting} keeps a line per record, with its content. */
record FakeExporter(List<String> lines, Writing writing) implements Exporter {

    interface Writing {
        void writeAll(RecordSource records, ResultSink results) throws IOException, InterruptedException;
    }

    static FakeExporter of(Writing writing) {
        return new FakeExporter(List.of(), writing);
    }

    static FakeExporter collecting() {
        List<String> lines = new CopyOnWriteArrayList<>();
        return new FakeExporter(lines,
                (records, results) -> records.forEach(results, record -> lines.add(describe(record))));
    }

    private static String describe(ConnectorRecord record) throws IOException {
        return switch (record) {
            case FileRecord file when file.info().mode().isDirectory() -> file.pathname() + "/";
            case FileRecord file when !file.target().isEmpty() -> file.pathname() + " -> " + file.target();
            case FileRecord file -> file.pathname() + "=" + text(file.content().orElseThrow().open());
            case XattrRecord xattr -> xattr.pathname() + "@" + xattr.name() + "=" + text(xattr.content().open());
            case ErrorRecord error -> error.pathname() + "!" + error.message();
        };
    }

    static String text(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        writing.writeAll(records, results);
    }

    @Override
    public String origin() {
        return "test";
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public String root() {
        return "/";
    }
}
