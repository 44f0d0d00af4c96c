package ${package};

import dev.kloset.ConnectorContext;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Backs up the directories and regular files below one directory. */
record DemoImporter(Path directory, String origin, String type, String root) implements Importer {

    DemoImporter(ConnectorContext context) throws IOException {
        this(Path.of(context.config().location().path()), context.options().hostname(), "${protocol}", "/");
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + " to back up");
        }
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        records.emit(FileRecord.of("/", FileInfo.of(directory).toBuilder().name("/").build()));
        walk(directory, "/", records);
    }

    private void walk(Path parent, String prefix, RecordSink records) throws IOException, InterruptedException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                String pathname = prefix + child.getFileName();
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    records.emit(FileRecord.of(pathname, FileInfo.of(child)));
                    descend(child, pathname, records);
                } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    // The content is opened when Plakar wants it: not at all if it has not changed.
                    records.emit(FileRecord.file(pathname, FileInfo.of(child), () -> Files.newInputStream(child)));
                }
            }
        }
    }

    /** One directory that cannot be read is an error of its own, not the end of the backup. */
    private void descend(Path child, String pathname, RecordSink records) throws IOException, InterruptedException {
        if (Files.isReadable(child) && Files.isExecutable(child)) {
            walk(child, pathname + "/", records);
        } else {
            records.emit(ErrorRecord.of(pathname, new IOException("cannot list " + child + ": permission denied")));
        }
    }
}
