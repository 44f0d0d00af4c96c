package dev.kloset.examples;

import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.resilience.SourceHold;
import dev.kloset.resilience.SourceLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Backs up the files of a directory that is written to all the time, as they were at one moment: from a copy of it, which is there
 * as long as the backup needs it. Instead of copies, a database or a volume manager has snapshots. Setting: {@code lease_seconds}.
 */
final class SnapshotImporter implements Importer {

    private final ConnectorContext context;
    private final Path directory;
    // tag::lease[]
    private final SourceLease lease;

    SnapshotImporter(ConnectorContext context) throws IOException {
        this.context = context;
        context.config().allowOnly(Set.of("lease_seconds"));
        directory = Path.of(context.config().location().path());
        lease = SourceLease.of("the directory " + directory, new Copy(directory))
                .length(Duration.ofSeconds(context.config().number("lease_seconds", 300)));
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        lease.during(records, this::list);
    }

    private void list(String name, RecordSink records) throws IOException, InterruptedException {
        for (Path file : Copy.files(Copy.of(directory, name))) {
            if (Files.isDirectory(file)) {
                throw new IOException(
                        directory.resolve(file.getFileName()) + " is a directory: only files are backed up");
            }
            records.emit(FileRecord.file("/" + file.getFileName(), Files.size(file),
                    Files.getLastModifiedTime(file).toInstant(), Content.of(file)));
        }
    }

    @Override
    public void close() {
        lease.close();
    }
    // end::lease[]

    @Override
    public String origin() {
        return context.options().hostname();
    }

    @Override
    public String type() {
        return "snapshot";
    }

    @Override
    public String root() {
        return "/";
    }

    // tag::hold[]
    /** A copy of a directory beside it, and in a file beside that, how long it is needed. */
    private record Copy(Path directory) implements SourceHold {

        static Path of(Path directory, String name) {
            return directory.resolveSibling(directory.getFileName() + "." + name);
        }

        private Path time(String name) {
            return of(directory, name + ".until");
        }

        @Override
        public void acquire(String name, Instant until) throws IOException {
            Files.writeString(time(name), until.toString());
            Path copy = Files.createDirectory(of(directory, name));
            for (Path file : files(directory)) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }

        @Override
        public void extend(String name, Instant until) throws IOException {
            if (!Files.isDirectory(of(directory, name))) {
                throw new NoSuchFileException(of(directory, name).toString());
            }
            Files.writeString(time(name), until.toString());
        }

        @Override
        public void release(String name) throws IOException {
            Path copy = of(directory, name);
            if (Files.isDirectory(copy)) {
                for (Path file : files(copy)) {
                    Files.delete(file);
                }
                Files.delete(copy);
            }
            Files.deleteIfExists(time(name));
        }
        // end::hold[]

        static List<Path> files(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.sorted().toList();
            }
        }
    }
}
