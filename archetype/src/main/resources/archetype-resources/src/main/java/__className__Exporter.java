package ${package};

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** Restores directories, regular files and symbolic links below one directory, with their permissions and times. */
record ${className}Exporter(Path directory, boolean replace, String origin, String type, String root) implements Exporter {

    ${className}Exporter(ConnectorContext context, ${className}Destination settings) throws IOException {
        this(Path.of(settings.location().path()).toAbsolutePath().normalize(), settings.replace(),
                context.options().hostname(), "${protocol}", "/");
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        // What would fail for every record fails the restore, here. In write it would be an error of each record, and Plakar
        // would exit with 0. If you log in to a server, log in here.
        Files.createDirectories(directory);
        Deque<FileRecord> directories = new ArrayDeque<>();
        // An exception in write becomes the result of that record, and the restore goes on.
        records.forEach(results, record -> write(record, directories));
        for (FileRecord each : directories) {
            finish(target(each), each);
        }
    }

    private void write(ConnectorRecord record, Deque<FileRecord> directories) throws IOException {
        Path target = target(record);
        if (!(record instanceof FileRecord file)) {
            throw new IOException("cannot restore " + record.pathname() + ": only files, directories and links are");
        } else if (file.info().mode().isDirectory()) {
            Files.createDirectories(target);
            // Whatever is written into it changes its time, and its mode may forbid writing: both come last, deepest first.
            directories.addFirst(file);
        } else if (file.info().mode().isSymlink()) {
            makeWay(target);
            setTime(Files.createSymbolicLink(target, Path.of(file.target())), file);
        } else if (file.content().isPresent()) {
            try (InputStream content = file.content().get().open()) {
                write(file, content, target);
            }
        } else {
            throw new IOException("cannot restore " + record.pathname() + ": it is neither file, directory nor link");
        }
    }

    /** A file gets its name last: a content that breaks off, or the end of the process, leaves no half file. */
    private void write(FileRecord file, InputStream content, Path target) throws IOException {
        makeWay(target);
        Path temporary = Files.createTempFile(target.getParent(), ".restore-", null);
        try {
            Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
            finish(temporary, file);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void makeWay(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!replace) {
            throw new FileAlreadyExistsException(target + " is already there, and replace is false");
        }
        if (Files.isSymbolicLink(target)) {
            Files.delete(target);
        }
    }

    /** {@return where a record belongs} Neither a path nor a link on the way leads out of the directory. */
    private Path target(ConnectorRecord record) throws IOException {
        Path target = directory;
        for (Path name : Path.of(record.pathname())) {
            if (name.toString().equals("..") || Files.isSymbolicLink(target) && !target.equals(directory)) {
                throw new IOException("cannot restore " + record.pathname() + ": it is outside of " + directory);
            }
            target = target.resolve(name);
        }
        return target;
    }

    private static void finish(Path target, FileRecord file) throws IOException {
        Files.setPosixFilePermissions(target, file.info().mode().permissions());
        setTime(target, file);
    }

    private static void setTime(Path target, FileRecord file) throws IOException {
        Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(file.info().modTime()), null, null);
    }
}
