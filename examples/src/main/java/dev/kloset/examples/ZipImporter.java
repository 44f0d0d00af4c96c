package dev.kloset.examples;

import dev.kloset.ConnectorContext;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Backs up the contents of a ZIP file. */
// tag::importer[]
record ZipImporter(ZipFile zip, String origin, String type, String root) implements Importer {
    ZipImporter(ConnectorContext context) throws IOException {
        this(new ZipFile(context.config().location().path()), context.options().hostname(), "zip", "/");
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!entry.isDirectory()) {
                records.emit(FileRecord.file("/" + entry.getName(), entry.getSize(),
                        entry.getLastModifiedTime().toInstant(), () -> zip.getInputStream(entry)));
            }
        }
    }
}
// end::importer[]
