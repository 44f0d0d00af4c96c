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
 * Backs up the files of a busy directory as they were at one moment: it copies the directory and keeps the copy while the
 * backup needs it. A database or a volume manager has snapshots instead of copies. Settings: {@code lease_seconds}; {@code
 * snapshot}, the name of a copy that others have made and keep.
 */
final class SnapshotImporter implements Importer {

    private final ConnectorContext context;
    private final Path directory;
    // tag::lease[]
    private final SourceLease lease;

    SnapshotImporter(ConnectorContext context) throws IOException {
        this.context = context;
        context.config().allowOnly(Set.of("lease_seconds", "snapshot"));
        directory = Path.of(context.config().location().path());
        SourceLease own = SourceLease.of("the directory " + directory, new Copy(directory))
                .length(Duration.ofSeconds(context.config().number("lease_seconds", 300)));
        lease = context.config().get("snapshot").map(own::existing).orElse(own);
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
    /** A copy of a directory, made beside it, and a file beside the copy that says how long it is needed. */
    private record Copy(Path directory) implements SourceHold {

        private static final String UNTIL = ".until";

        static Path of(Path directory, String name) {
            return directory.resolveSibling(directory.getFileName() + "." + name);
        }

        private Path time(String name) {
            return of(directory, name + UNTIL);
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
            check(name);
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

        // tag::sweep[]
        @Override
        public void sweep(Instant before) throws IOException {
            String prefix = directory.getFileName() + ".";
            try (Stream<Path> siblings = Files.list(directory.resolveSibling(""))) {
                for (Path sibling : siblings.filter(Files::isRegularFile).toList()) {
                    String file = sibling.getFileName().toString();
                    if (file.startsWith(prefix) && file.endsWith(UNTIL)) {
                        String name = file.substring(prefix.length(), file.length() - UNTIL.length());
                        if (SourceHold.isName(name) && Instant.parse(Files.readString(sibling)).isBefore(before)) {
                            release(name);
                        }
                    }
                }
            }
        }

        @Override
        public void check(String name) throws IOException {
            if (!Files.isDirectory(of(directory, name))) {
                throw new NoSuchFileException(of(directory, name).toString());
            }
        }
        // end::sweep[]

        static List<Path> files(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.sorted().toList();
            }
        }
    }
}
