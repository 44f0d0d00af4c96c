package dev.kloset.files;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ExportWorkers;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One restore. The calling thread takes records one by one and writes contents, because the wire has them one by one;
 * workers sync the files and give them their names. When this ends, however it ends, no temporary of it is left.
 */
final class RestoreRun implements AutoCloseable {

    private final RestoreTree tree;
    private final Disk disk;
    private final RestoreMetadata metadata;
    private final RestoreResults results;
    private final ExportWorkers workers;
    private final Temporaries temporaries = new Temporaries(FilesExporter.TEMPORARY_PREFIX);
    private final RestoreLinks links;
    private final RestoreXattrs xattrs;
    private final RestoreDirectories directories;
    private final byte[] buffer = new byte[RestoreFile.BUFFER_BYTES];

    /** Restore into {@code tree}, which is closed with this. */
    RestoreRun(RestoreTree tree, RestoreMetadata metadata, ResultSink results, int workers) {
        this(tree, metadata, results, workers, Disk.SYSTEM);
    }

    RestoreRun(RestoreTree tree, RestoreMetadata metadata, ResultSink results, int workers, Disk disk) {
        this.disk = disk;
        this.tree = tree;
        this.metadata = metadata;
        this.results = new RestoreResults(results);
        this.workers = new ExportWorkers(workers);
        this.links = new RestoreLinks(tree, temporaries);
        this.xattrs = new RestoreXattrs(tree);
        this.directories = new RestoreDirectories(tree, temporaries, metadata, this.workers, this.results, disk);
    }

    void restore(RecordSource records) throws IOException, InterruptedException {
        try {
            for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
                restore(record);
                results.check();
            }
        } catch (IOException e) {
            // The host is gone. What is there already is left as it should be, although nobody hears of it.
            finishAfter(e);
            throw e;
        }
        finish();
        results.check();
    }

    private void finish() throws IOException, InterruptedException {
        workers.drain();
        directories.finish();
    }

    private void finishAfter(IOException failure) throws InterruptedException {
        try {
            finish();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void restore(ConnectorRecord record) throws InterruptedException {
        try {
            // No switch over types: those cannot be in a start-up cache.
            if (record instanceof FileRecord file) {
                restore(file);
            } else if (record instanceof XattrRecord xattr) {
                restore(xattr);
            } else {
                // Nothing was asked: the path could not be read when it was backed up.
                results.restored(record, List.of());
            }
        } catch (ClosedByInterruptException e) {
            throw StoreWriter.interruption(e);
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    private void restore(XattrRecord record) throws IOException, InterruptedException {
        workers.await(record.pathname());
        xattrs.restore(record);
        results.restored(record, List.of());
    }

    private void restore(FileRecord record) throws IOException, InterruptedException {
        FileMode mode = record.info().mode();
        workers.await(record.pathname());
        RestoreVisit visit = directories.visit(record.pathname());
        if (mode.isDirectory()) {
            directories.begin(record);
            xattrs.expect(record);
        } else if (mode.isSymlink()) {
            results.restored(record, makeSymlink(record));
        } else if (mode.isRegular()) {
            Optional<List<String>> linked = links.link(record);
            if (linked.isPresent()) {
                restored(record, linked.get());
            } else {
                write(record, visit);
            }
        } else {
            throw new IOException(RestoreReason.cannotMake(mode));
        }
    }

    private List<String> makeSymlink(FileRecord record) throws IOException {
        requireTarget(record);
        String name = RestorePath.name(record.pathname());
        try (RestoreDirectory directory = tree.enter(RestorePath.parent(record.pathname()))) {
            try {
                directory.makeSymlink(record.target(), name);
            } catch (FileAlreadyExistsException e) {
                replaceBySymlink(directory, record.target(), name);
            }
            try (RestoreNode link = directory.hold(name)) {
                if (!link.isSymbolicLink()) {
                    throw new IOException("another process has put something else in its place");
                }
                return metadata.apply(link, record.info());
            }
        }
    }

    static void requireTarget(FileRecord symlink) throws IOException {
        if (symlink.target().isEmpty()) {
            throw new IOException("the symbolic link has no target");
        }
    }

    private void replaceBySymlink(RestoreDirectory directory, String target, String name) throws IOException {
        String temporary = temporaries.next();
        directory.makeSymlink(target, temporary);
        Path made = directory.at(temporary);
        try {
            RestoreFile.replace(made, directory.at(name));
        } catch (IOException e) {
            Files.deleteIfExists(made);
            throw e;
        }
    }

    private void write(FileRecord record, RestoreVisit visit) throws IOException, InterruptedException {
        CompletableFuture<RestoreFile.Restored> written = links.written(record);
        try {
            RestoreFile file = fill(record);
            visit.hold();
            boolean handedOver = false;
            try {
                workers.run(record.pathname(), () -> publish(record, file, written, visit));
                handedOver = true;
            } finally {
                if (!handedOver) {
                    visit.release();
                    file.close();
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            written.completeExceptionally(e);
            throw e;
        }
    }

    static void requireContent(FileRecord file) throws IOException {
        if (file.content().isEmpty() && file.info().size() > 0) {
            throw new IOException("its content was not sent");
        }
    }

    private RestoreFile fill(FileRecord record) throws IOException {
        Optional<Content> content = record.content();
        requireContent(record);
        try (RestoreDirectory directory = tree.enter(RestorePath.parent(record.pathname()))) {
            RestoreFile file = RestoreFile.create(directory, RestorePath.name(record.pathname()), temporaries.next());
            try (InputStream in = content.isEmpty() ? InputStream.nullInputStream() : content.get().open()) {
                file.fill(in, buffer);
                return file;
            } catch (IOException | RuntimeException e) {
                try (file) {
                    throw e;
                }
            }
        }
    }

    /** On a worker. */
    private void publish(FileRecord record, RestoreFile file, CompletableFuture<RestoreFile.Restored> written,
            RestoreVisit visit) {
        try {
            RestoreFile.Restored restored = publish(record, file);
            written.complete(restored);
            restored(record, restored.problems());
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
            results.failed(record, e);
        } finally {
            visit.release();
        }
    }

    private RestoreFile.Restored publish(FileRecord record, RestoreFile file) throws IOException {
        try (file) {
            return file.publish(record.info(), metadata, disk);
        }
    }

    private void restored(FileRecord record, List<String> problems) {
        xattrs.expect(record);
        results.restored(record, problems);
    }

    @Override
    public void close() {
        workers.close();
        directories.close();
        tree.close();
    }
}
