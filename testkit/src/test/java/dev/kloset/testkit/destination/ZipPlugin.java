package dev.kloset.testkit.destination;

import dev.kloset.Connector;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Restores into an archive, which appears when it is complete, and reads it. */
final class ZipPlugin {

    private ZipPlugin() {}

    static Plugin plugin() {
        return Plugin.builder("zip")
                .exporter("zip", context -> new ZipWriter(Path.of(context.config().location().path())))
                .importer("zip", context -> new ZipReader(new ZipFile(context.config().location().path())))
                .build();
    }

    private interface Zip extends Connector {
        @Override
        default String origin() {
            return "zip";
        }

        @Override
        default String type() {
            return "zip";
        }

        @Override
        default String root() {
            return "/";
        }
    }

    private record ZipWriter(Path archive) implements Zip, Exporter {

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            Path part = archive.resolveSibling("part");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(part))) {
                records.forEach(results, record -> write(record, out));
            }
            Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
        }

        private static void write(ConnectorRecord record, ZipOutputStream out) throws IOException {
            if (record.pathname().contains("..")) {
                throw new IOException("it leads out of the archive");
            }
            if (record instanceof FileRecord file && file.content().isPresent()) {
                byte[] content;
                try (InputStream in = file.content().get().open()) {
                    content = in.readAllBytes(); // before the archive gets anything
                }
                ZipEntry entry = new ZipEntry(file.pathname().substring(1));
                entry.setLastModifiedTime(FileTime.from(file.info().modTime()));
                out.putNextEntry(entry);
                out.write(content);
                out.closeEntry();
            } else if (record instanceof FileRecord file && !file.info().mode().isDirectory()) {
                throw new IOException("an archive of this kind has only files");
            }
        }
    }

    private record ZipReader(ZipFile zip) implements Zip, Importer {

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                records.emit(FileRecord.file("/" + entry.getName(), entry.getSize(),
                        entry.getLastModifiedTime().toInstant(), () -> zip.getInputStream(entry)));
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
