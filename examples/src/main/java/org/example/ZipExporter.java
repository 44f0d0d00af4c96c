package org.example;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Restores into a new ZIP file, which appears when it is complete. */
record ZipExporter(Path zip, String origin, String type, String root) implements Exporter {

    ZipExporter(ConnectorContext context) throws IOException {
        this(Path.of(context.config().location().path()).toAbsolutePath(), context.options().hostname(), "zip", "/");
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        Path unfinished = Files.createTempFile(zip.getParent(), ".restore-", ".zip");
        Path spool = Files.createTempFile("spool-", null);
        try {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unfinished))) {
                records.forEach(results, record -> write(record, spool, out));
            }
            Files.move(unfinished, zip, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(spool);
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(ConnectorRecord record, Path spool, ZipOutputStream out) throws IOException {
        String name = record.pathname().substring(1);
        if (List.of(name.split("/", -1)).contains("..")) {
            throw new IOException("cannot restore " + record.pathname() + ": it leads out of the ZIP");
        }
        if (record instanceof FileRecord file && file.content().isPresent()) {
            try (InputStream content = file.content().get().open()) {
                // A content that breaks off must not leave half an entry in the ZIP file.
                Files.copy(content, spool, StandardCopyOption.REPLACE_EXISTING);
            }
            out.putNextEntry(entry(name, file));
            Files.copy(spool, out);
        } else if (record instanceof FileRecord file && file.info().mode().isDirectory()) {
            if (!name.isEmpty()) {
                out.putNextEntry(entry(name + "/", file));
            }
        } else {
            throw new IOException("cannot restore " + record.pathname() + ": only directories and files go into a ZIP");
        }
    }

    private static ZipEntry entry(String name, FileRecord file) {
        return new ZipEntry(name).setLastModifiedTime(FileTime.from(file.info().modTime()));
    }
}
