package ${package};

import dev.kloset.ConnectorContext;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ParallelListing;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.resilience.IdleTimeout;
import dev.kloset.resilience.ResumingContent;
import dev.kloset.resilience.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Backs up everything below one directory. The directory may be the mount of a server that is slow or falls silent: several
 * directories are listed at once, every wait ends, and a content resumes where it stopped.
 */
record ${className}Importer(Path directory, int listings, IdleTimeout timeout, Retry retry, Excludes excludes, String origin,
        String type, String root) implements Importer {

    ${className}Importer(ConnectorContext context, ${className}Source settings) throws IOException {
        this(Path.of(settings.location().path()), settings.listings(), IdleTimeout.of(settings.timeout()),
                Retry.attempts(settings.attempts()), Excludes.of(context.options().excludes()),
                context.options().hostname(), "${protocol}", "/");
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + " to back up");
        }
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        // A source that cannot be listed at all fails the backup: without an exception, the backup would succeed and be empty.
        List<Path> top = children(directory);
        records.emit(FileRecord.of("/", FileInfo.of(directory).toBuilder().name("/").build()));
        ParallelListing.with(listings).run(tasks -> emit(top, "/", tasks, records));
    }

    private List<Path> children(Path parent) throws IOException, InterruptedException {
        return retry.call("list " + parent, () -> timeout.call("list " + parent, () -> {
            try (Stream<Path> all = Files.list(parent)) {
                return all.toList();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }));
    }

    private void emit(List<Path> children, String prefix, ParallelListing.Tasks tasks, RecordSink records)
            throws IOException, InterruptedException {
        for (Path child : children) {
            String pathname = prefix + child.getFileName();
            try {
                emit(child, pathname, tasks, records);
            } catch (IOException e) {
                // One entry that cannot be read is an error of its own, not the end of the backup.
                records.emit(ErrorRecord.of(pathname, e));
            }
        }
    }

    private void emit(Path child, String pathname, ParallelListing.Tasks tasks, RecordSink records)
            throws IOException, InterruptedException {
        FileInfo info = FileInfo.of(child);
        if (info.mode().isRegular()) {
            // Plakar opens the content when it wants it: not at all if nothing in the metadata has changed.
            records.emit(FileRecord.file(pathname, info, content(child, info)));
        } else if (info.mode().isSymlink()) {
            records.emit(FileRecord.symlink(pathname, info, Files.readSymbolicLink(child).toString()));
        } else {
            records.emit(FileRecord.of(pathname, info));
        }
        if (info.mode().isDirectory() && !excludes.prunes(pathname)) {
            tasks.add(() -> descend(child, pathname, tasks, records));
        }
    }

    private void descend(Path parent, String pathname, ParallelListing.Tasks tasks, RecordSink records)
            throws IOException, InterruptedException {
        List<Path> children;
        try {
            children = children(parent);
        } catch (IOException e) {
            records.emit(ErrorRecord.of(pathname, e));
            return;
        }
        emit(children, pathname + "/", tasks, records);
    }

    private ResumingContent content(Path file, FileInfo info) {
        String what = "read " + file;
        // The size is unknown on purpose: a log file may become longer or shorter while it is read.
        return new ResumingContent(what, FileInfo.UNKNOWN_SIZE,
                offset -> timeout.open(what, () -> open(file, info, offset)), retry);
    }

    private static InputStream open(Path file, FileInfo info, long offset) throws IOException {
        if (offset > 0 && !FileInfo.of(file).modTime().equals(info.modTime())) {
            throw new IOException(file + " has changed: two halves of two versions are worse than an error");
        }
        return Channels.newInputStream(FileChannel.open(file).position(offset));
    }
}
