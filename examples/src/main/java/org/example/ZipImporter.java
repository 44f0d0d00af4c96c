package org.example;

import dev.kloset.ConnectorContext;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Backs up the contents of a ZIP file. */
record ZipImporter(ZipFile zip, long largest, String origin, String type, String root) implements Importer {

    private static final System.Logger LOG = System.getLogger(ZipImporter.class.getName());

    ZipImporter(ConnectorContext context, ZipConfig config) throws IOException {
        this(new ZipFile(config.location().path()), config.largest().bytes(),
                context.options().hostname() + ":" + config.location().path(), "zip", "/");
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        LOG.log(Level.DEBUG, "{0} has {1} entries", zip.getName(), zip.size());
        for (ZipEntry entry : Collections.list(zip.entries())) {
            emit(entry, Path.of("/", entry.getName()).normalize(), records);
        }
    }

    private void emit(ZipEntry entry, Path path, RecordSink records) throws IOException, InterruptedException {
        String pathname = path.toString();
        Instant modified = entry.getLastModifiedTime().toInstant();
        if (entry.isDirectory()) {
            records.emit(FileRecord.of(pathname, FileInfo.directory(name(path), modified)));
        } else if (entry.getSize() > largest) {
            records.emit(new ErrorRecord(pathname, "left out: larger than the setting largest allows"));
        } else {
            records.emit(FileRecord.file(pathname, entry.getSize(), modified, () -> zip.getInputStream(entry)));
        }
    }

    private static String name(Path path) {
        return path.getFileName() == null ? "/" : path.getFileName().toString();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
