package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the importer's records, gives them the paths of the destination and puts them into the queue, directories first. Any
 * thread. The lock keeps a directory before what it contains, and is held while the queue is full.
 */
final class QueueingSink implements RecordSink {

    private final SourcePaths paths;
    private final DirectoryLedger directories;
    private final CopySettings settings;
    private final ReadAhead readAhead;
    private final CopyQueue queue;
    private final CopyReport report;
    private final ReentrantLock order = new ReentrantLock();

    QueueingSink(SourcePaths paths, DirectoryLedger directories, CopySettings settings, ReadAhead readAhead,
            CopyQueue queue, CopyReport report) {
        this.paths = paths;
        this.directories = directories;
        this.settings = settings;
        this.readAhead = readAhead;
        this.queue = queue;
        this.report = report;
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws InterruptedException {
        Runnable acknowledge = () -> onResult.accept(ConnectorResult.ok(record));
        order.lockInterruptibly();
        try {
            switch (record) {
                case ErrorRecord error -> {
                    report.failed(error.pathname(), error.message());
                    acknowledge.run();
                }
                case XattrRecord xattr -> take(xattr, acknowledge);
                case FileRecord file -> take(file, acknowledge);
            }
        } finally {
            order.unlock();
        }
    }

    private void take(FileRecord file, Runnable acknowledge) throws InterruptedException {
        if (paths.isRoot(file.pathname()) && !file.info().mode().isDirectory()) {
            paths.rootIsFile();
        }
        String pathname = destination(file, file.info().mode().isDirectory());
        if (pathname == null) {
            acknowledge.run();
            return;
        }
        tellDirectories(pathname, file.info());
        FileRecord owned = owned(file);
        // As a host sends it: the root keeps the name of what was copied.
        FileRecord sent = FileRecord.received(pathname, owned.info(), owned.target(), owned.xattrNames(),
                owned.attributes(), null);
        Content content = file.info().mode().isRegular() ? file.content().orElse(null) : null;
        put(sent, content, isSmall(file.info()), acknowledge);
    }

    private FileRecord owned(FileRecord file) {
        Owner owner = settings.owner();
        if (owner == null || !owner.isForeign(file)) {
            return file;
        }
        report.ownerLeftOut();
        return owner.take(file);
    }

    private void take(XattrRecord xattr, Runnable acknowledge) throws InterruptedException {
        if (!settings.xattrs()) {
            report.xattrLeftOut();
            acknowledge.run();
            return;
        }
        String pathname = destination(xattr, false);
        if (pathname == null) {
            acknowledge.run();
            return;
        }
        XattrRecord sent = new XattrRecord(pathname, xattr.name(), xattr.type(), xattr.content());
        put(sent, xattr.content(), false, acknowledge);
    }

    /** {@return the path of the record in the destination, or null if the copy leaves it out} */
    private @Nullable String destination(ConnectorRecord record, boolean directory) {
        if (paths.isAboveRoot(record.pathname()) || settings.excludes().excludes(record.pathname(), directory)) {
            return null;
        }
        String pathname = paths.inDestination(record.pathname());
        // Importers that follow a link also list the directories on the way to its target.
        if (pathname == null && !directory) {
            report.failed(record.pathname(), "is outside the root of the source");
        }
        return pathname;
    }

    private void tellDirectories(String pathname, FileInfo info) throws InterruptedException {
        for (FileRecord parent : directories.missingAbove(pathname)) {
            queue.put(new CopyItem(parent, null, false, () -> {}));
        }
        if (info.mode().isDirectory()) {
            directories.add(pathname); // a directory that was made up is sent again, now with its real attributes
        }
    }

    private void put(ConnectorRecord record, @Nullable Content content, boolean small, Runnable acknowledge)
            throws InterruptedException {
        if (content == null) {
            queue.put(new CopyItem(record, null, false, acknowledge));
        } else if (small && readAhead.isPossible()) {
            PendingContent pending = PendingContent.fetched(content);
            CopyItem item = new CopyItem(record, pending, true, acknowledge);
            queue.put(item); // take the place in the queue before the memory
            readAhead.start(pending, item::acknowledge);
        } else {
            queue.put(new CopyItem(record, PendingContent.opened(content), false, acknowledge));
        }
    }

    private static boolean isSmall(FileInfo info) {
        return info.size() >= 0 && info.size() < PendingContent.READ_AHEAD_BYTES;
    }
}
