package dev.kloset.examples;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Restores files into a new ZIP file. */
// tag::exporter[]
record ZipExporter(Path zip, String origin, String type, String root) implements Exporter {
    ZipExporter(ConnectorContext context) throws IOException {
        this(Path.of(context.config().location().path()), context.options().hostname(), "zip", "/");
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            records.forEach(results, record -> write(record, out));
        }
    }

    private static void write(ConnectorRecord record, ZipOutputStream out) throws IOException {
        if (record instanceof FileRecord file && file.content().isPresent()) {
            out.putNextEntry(new ZipEntry(file.pathname().substring(1)));
            try (var content = file.content().get().open()) {
                content.transferTo(out);
            }
        }
    }
}
// end::exporter[]
