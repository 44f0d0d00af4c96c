package dev.kloset.files.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.export.ExportWorkers;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.restore.link.RestoreLinks;
import dev.kloset.files.restore.node.RestoreAcl;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreFile;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreNode;
import dev.kloset.files.restore.node.RestorePath;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One restore. The calling thread takes records and writes contents one by one, as they come over the wire; workers sync the
 * files and give them their names. However the restore ends, it leaves no temporary file behind.
 */
final class RestoreRun implements AutoCloseable {

    private final RestoreTree tree;
    private final Disk disk;
    private final RestoreMetadata metadata;
    private final RestoreResults results;
    private final ExportWorkers workers;
    private final Temporaries temporaries = new Temporaries(FilesExporter.TEMPORARY_PREFIX);
    private final RestoredFiles made;
    private final RestoreLinks links;
    private final RestoreXattrs xattrs;
    private final RestoreDirectories directories;
    private final byte[] buffer = new byte[RestoreFile.BUFFER_BYTES];

    /** Restore into {@code tree}, which closes together with this run. */
    RestoreRun(RestoreTree tree, RestoreMetadata metadata, RestoredFiles made, ResultSink results, int workers) {
        this(tree, metadata, made, results, workers, Disk.SYSTEM);
    }

    RestoreRun(RestoreTree tree, RestoreMetadata metadata, RestoredFiles made, ResultSink results, int workers,
            Disk disk) {
        this.disk = disk;
        this.made = made;
        this.tree = tree;
        this.metadata = metadata;
        this.results = new RestoreResults(results);
        this.workers = new ExportWorkers(workers);
        this.links = new RestoreLinks(tree, temporaries, made, buffer);
        this.directories = new RestoreDirectories(tree, temporaries, metadata, this.workers, this.results, made,
                disk);
        this.xattrs = new RestoreXattrs(tree, directories::postpone);
    }

    void restore(RecordSource records) throws IOException, InterruptedException {
        try {
            for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
                restore(record);
                results.check();
            }
        } catch (IOException | InterruptedException e) {
            // The host is gone, or has stopped the restore. Leave what exists in its proper state, although no results are
            // reported.
            finishAfter(e);
            throw e;
        }
        finish();
        results.check();
    }

    private void finish() throws IOException, InterruptedException {
        workers.drain();
        directories.finish();
        xattrs.sumUp();
        metadata.sumUp();
    }

    private void finishAfter(Exception failure) {
        try {
            finish();
        } catch (IOException | InterruptedException e) {
            failure.addSuppressed(e);
        }
    }

    private void restore(ConnectorRecord record) throws InterruptedException {
        try {
            // No switch over types, because a start-up cache cannot contain those.
            if (record instanceof FileRecord file) {
                restore(file);
            } else if (record instanceof XattrRecord xattr) {
                restore(xattr);
            } else {
                // There is nothing to restore: the path could not be read when it was backed up.
                results.restored(record, List.of());
            }
        } catch (ClosedByInterruptException e) {
            throw StoreWriter.interruption(e);
        } catch (IOException | RuntimeException e) {
            failed(record, e);
        }
    }

    private void restore(XattrRecord record) throws IOException, InterruptedException {
        String pathname = xattrs.place(record);
        if (pathname != null && !(pathname.equals("/") && directories.keepsRoot())) {
            workers.await(pathname);
            if (xattrs.isRestored(pathname)) {
                xattrs.restore(record, pathname);
            }
        }
        results.restored(record, List.of());
    }

    private void restore(FileRecord record) throws IOException, InterruptedException {
        FileMode mode = record.info().mode();
        workers.await(record.pathname());
        xattrs.expect(record);
        RestoreVisit visit = directories.visit(record.pathname());
        if (mode.isDirectory()) {
            if (record.pathname().equals("/")) {
                xattrs.begin(record);
            }
            directories.begin(record);
        } else if (mode.isSymlink()) {
            results.restored(record, makeSymlink(record));
        } else if (mode.isRegular()) {
            restoreContent(record, visit);
        } else if (mode.isNamedPipe()) {
            results.restored(record, makePipe(record));
        } else {
            throw new IOException(RestoreReason.cannotMake(mode));
        }
    }

    private void restoreContent(FileRecord record, RestoreVisit visit) throws IOException, InterruptedException {
        requireContent(record);
        Optional<Content> content = record.content();
        try (InputStream in = content.isEmpty() ? null : content.get().open()) {
            RestoreLinks.Outcome outcome = links.link(record, in);
            List<String> problems = outcome.problems();
            if (problems != null) {
                results.restored(record, problems);
                return;
            }
            try (InputStream all = outcome.content()) {
                write(record, all, visit);
            }
        }
    }

    private List<String> makePipe(FileRecord record) throws IOException {
        String name = RestorePath.name(record.pathname());
        try (RestoreDirectory directory = tree.enter(RestorePath.parent(record.pathname()))) {
            try {
                directory.makePipe(name);
            } catch (FileAlreadyExistsException e) {
                replaceByPipe(directory, name);
            }
            try (RestoreNode pipe = directory.hold(name)) {
                if (!(pipe.attributes("unix:mode").get("mode") instanceof Integer mode)
                        || !FileMode.fromPosix(mode).isNamedPipe()) {
                    throw new IOException("another process has put something else in its place");
                }
                if (directory.lendsLists()) {
                    pipe.removeInheritedLists();
                }
                made.add(pipe.attributes(FileIdentity.ATTRIBUTES));
                return metadata.apply(pipe, RestoreAcl.withoutLentRights(record));
            }
        }
    }

    private void replaceByPipe(RestoreDirectory directory, String name) throws IOException {
        String temporary = temporaries.next();
        try {
            directory.makePipe(temporary);
        } catch (IOException e) {
            // On a system without pipes, a driver may make a file and then fail.
            Files.deleteIfExists(directory.at(temporary));
            throw e;
        }
        takeName(directory, temporary, name);
    }

    private List<String> makeSymlink(FileRecord record) throws IOException, InterruptedException {
        requireTarget(record);
        List<String> linked = links.link(record, null).problems();
        if (linked != null) {
            return linked;
        }
        CompletableFuture<RestoreFile.Restored> first = links.written(record);
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
                made.add(link.attributes(FileIdentity.ATTRIBUTES));
                List<String> problems = metadata.apply(link, record.info());
                first.complete(new RestoreFile.Restored(link.identity(), problems));
                return problems;
            }
        } catch (IOException | RuntimeException e) {
            first.completeExceptionally(e);
            throw e;
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
        takeName(directory, temporary, name);
    }

    private void takeName(RestoreDirectory directory, String temporary, String name) throws IOException {
        try {
            made.replace(directory, temporary, name);
        } catch (IOException e) {
            Files.deleteIfExists(directory.at(temporary));
            throw e;
        }
    }

    private void write(FileRecord record, InputStream content, RestoreVisit visit)
            throws IOException, InterruptedException {
        CompletableFuture<RestoreFile.Restored> written = links.written(record);
        try {
            RestoreFile file = fill(record, content);
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

    private RestoreFile fill(FileRecord record, InputStream content) throws IOException {
        try (RestoreDirectory directory = tree.enter(RestorePath.parent(record.pathname()))) {
            RestoreFile file = RestoreFile.create(directory, RestorePath.name(record.pathname()), temporaries.next(),
                    made);
            try {
                file.fill(content, buffer);
                return file;
            } catch (IOException | RuntimeException e) {
                try (file) {
                    throw e;
                }
            }
        }
    }

    /** Runs on a worker. */
    private void publish(FileRecord record, RestoreFile file, CompletableFuture<RestoreFile.Restored> written,
            RestoreVisit visit) {
        // Its directory stays open until the visit is over: those above may have their modes by then, and not let us in again.
        try (RestoreDirectory _ = file.directory().retain()) {
            try {
                publish(record, file, written);
            } finally {
                visit.release();
            }
        }
    }

    private void publish(FileRecord record, RestoreFile file, CompletableFuture<RestoreFile.Restored> written) {
        try {
            RestoreFile.Restored restored = publish(record, file);
            written.complete(restored);
            results.restored(record, restored.problems());
        } catch (Throwable e) {
            // Errors too: the reader waits for this file when its next name comes.
            written.completeExceptionally(e);
            failed(record, e instanceof Exception reason ? reason : new IOException(e.toString(), e));
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private RestoreFile.Restored publish(FileRecord record, RestoreFile file) throws IOException {
        try (file) {
            return file.publish(RestoreAcl.withoutLentRights(record), metadata, disk);
        }
    }

    private void failed(ConnectorRecord record, Exception reason) {
        if (record instanceof FileRecord file) {
            xattrs.forget(file);
        }
        results.failed(record, reason);
    }

    @Override
    public void close() {
        workers.close();
        directories.close();
        tree.close();
    }
}
