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
 * Takes the importer's records, gives them the paths of the destination and puts them on the conveyor, directories first.
 * Any thread; the lock keeps a directory and what it contains in order, and is held while the conveyor is full.
 */
final class ParcelSink implements RecordSink {

    private final SourcePaths paths;
    private final DirectoryLedger directories;
    private final CopySettings settings;
    private final ReadAhead readAhead;
    private final Conveyor conveyor;
    private final CopyReport report;
    private final ReentrantLock order = new ReentrantLock();

    ParcelSink(SourcePaths paths, DirectoryLedger directories, CopySettings settings, ReadAhead readAhead,
            Conveyor conveyor, CopyReport report) {
        this.paths = paths;
        this.directories = directories;
        this.settings = settings;
        this.readAhead = readAhead;
        this.conveyor = conveyor;
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

    /** {@return where the record goes, or null if it goes nowhere} */
    private @Nullable String destination(ConnectorRecord record, boolean directory) {
        if (paths.isAboveRoot(record.pathname()) || settings.excludes().excludes(record.pathname(), directory)) {
            return null;
        }
        String pathname = paths.inDestination(record.pathname());
        // Importers that follow a link list the directories on the way to where it leads.
        if (pathname == null && !directory) {
            report.failed(record.pathname(), "lies outside the root of the source");
        }
        return pathname;
    }

    private void tellDirectories(String pathname, FileInfo info) throws InterruptedException {
        for (FileRecord parent : directories.missingAbove(pathname)) {
            conveyor.put(new Parcel(parent, null, false, () -> {}));
        }
        if (info.mode().isDirectory()) {
            directories.tell(pathname); // one that was made up is sent again, now as it really is
        }
    }

    private void put(ConnectorRecord record, @Nullable Content content, boolean small, Runnable acknowledge)
            throws InterruptedException {
        if (content == null) {
            conveyor.put(new Parcel(record, null, false, acknowledge));
        } else if (small && readAhead.isPossible()) {
            PendingContent pending = PendingContent.fetched(content);
            Parcel parcel = new Parcel(record, pending, true, acknowledge);
            conveyor.put(parcel); // first the room, then the memory
            readAhead.start(pending, parcel::acknowledge);
        } else {
            conveyor.put(new Parcel(record, PendingContent.opened(content), false, acknowledge));
        }
    }

    private static boolean isSmall(FileInfo info) {
        return info.size() >= 0 && info.size() < PendingContent.READ_AHEAD_BYTES;
    }
}
