package dev.kloset.files;

import dev.kloset.ExportWorkers;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * The directories of a restore. They are made at once, closed to everybody else, and get owner, time and mode when the walk
 * has left them: every file that is put in changes the time. Records come depth first, so few are open at once. Should the
 * walk come back, the time is put back; a mode that would not let us in again waits for the end.
 *
 * <p>For one thread; what is done last for a directory may be done by a worker.
 */
final class RestoreDirectories implements AutoCloseable {

    private static final int OWNER_MAY_ALL = 0700;
    private static final int OWNER_MAY_ENTER_AND_CHANGE = 0300;
    private static final int OTHERS_MAY_CHANGE = 022;
    private static final int STICKY = 01000;
    private static final int PERMISSIONS = 07777;

    private final RestoreTree tree;
    private final Temporaries temporaries;
    private final RestoreMetadata metadata;
    private final ExportWorkers workers;
    private final RestoreResults results;
    private final RestoreSync sync;
    private final boolean mayEnterAll = ProcessIdentity.self().isSuperUser();
    // From the root down to where the walk is.
    private final Deque<RestoreVisit> visits = new ArrayDeque<>();
    private final RestorePathSet settled = new RestorePathSet();
    private final List<FileRecord> closing = new ArrayList<>();

    RestoreDirectories(RestoreTree tree, Temporaries temporaries, RestoreMetadata metadata, ExportWorkers workers,
            RestoreResults results, Disk disk) {
        this.sync = new RestoreSync(disk);
        this.workers = workers;
        this.tree = tree;
        this.temporaries = temporaries;
        this.metadata = metadata;
        this.results = results;
    }

    /** {@return the visit to the directory of {@code pathname}} Directories that the walk has left for it are settled. */
    RestoreVisit visit(String pathname) throws IOException, InterruptedException {
        leaveFor(pathname);
        if (pathname.equals("/")) {
            return new RestoreVisit(pathname, () -> {});
        }
        String parent = RestorePath.parent(pathname);
        RestoreVisit innermost = visits.peekLast();
        if (innermost != null && innermost.isAt(parent)) {
            return innermost;
        }
        return settled.contains(parent) ? comeBack(parent) : new RestoreVisit(parent, () -> {});
    }

    private void leaveFor(String pathname) {
        for (RestoreVisit last = visits.peekLast(); last != null && !last.isAbove(pathname); last = visits.peekLast()) {
            visits.removeLast().release();
        }
    }

    private RestoreVisit comeBack(String pathname) throws IOException, InterruptedException {
        // Until they are through the time may still be that of the last file.
        workers.drain();
        RestoreDirectory directory = tree.find(pathname);
        RestoreVisit visit = new RestoreVisit(pathname, putBack(pathname, directory));
        visits.addLast(visit);
        return visit;
    }

    private static Runnable putBack(String pathname, RestoreDirectory directory) throws IOException {
        Instant time = directory.node().modified();
        return () -> {
            try (directory) {
                directory.node().setModified(time);
            } catch (IOException e) {
                log().log(Level.WARNING, "cannot put back the time of " + pathname + ": " + RestoreReason.of(e));
            }
        };
    }

    /** Make the directory or take the one that is there. It has a result when it is settled. */
    void begin(FileRecord record) throws IOException, InterruptedException {
        String pathname = record.pathname();
        if (settled.contains(pathname)) {
            workers.drain();
        }
        OptionalInt itsOwn = OptionalInt.empty();
        if (pathname.equals("/") ? tree.rootExisted() : !make(pathname)) {
            itsOwn = adopt(pathname);
        }
        RestoreDirectory directory = tree.find(pathname);
        if (keepsItsOwn(record)) {
            OptionalInt mode = itsOwn;
            visits.addLast(new RestoreVisit(pathname, () -> putBack(record, directory, mode)));
        } else if (locksUsOut(record.info())) {
            directory.close();
            closing.add(record);
            visits.addLast(new RestoreVisit(pathname, () -> {}));
        } else {
            settled.add(pathname);
            visits.addLast(new RestoreVisit(pathname, () -> settle(record, directory)));
        }
    }

    private boolean make(String pathname) throws IOException {
        try (RestoreDirectory parent = tree.enter(RestorePath.parent(pathname))) {
            Path directory = parent.at(RestorePath.name(pathname));
            try {
                Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
                return true;
            } catch (FileAlreadyExistsException e) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                String found = Files.isSymbolicLink(directory) ? "a symbolic link" : "a file";
                throw WholeReason.of(found + " is in its place", e);
            }
        }
    }

    /**
     * Take a directory from before: an earlier restore may have been killed in it, and its mode may keep us out.
     *
     * @return its mode, if that was changed
     */
    private OptionalInt adopt(String pathname) throws IOException {
        try (RestoreDirectory directory = tree.find(pathname)) {
            OptionalInt itsOwn = open(directory);
            temporaries.sweep(directory.self());
            return itsOwn;
        }
    }

    private static OptionalInt open(RestoreDirectory directory) {
        try {
            int mode = (Integer) Files.getAttribute(directory.self(), "unix:mode") & PERMISSIONS;
            int wanted = mode | OWNER_MAY_ALL;
            if (directory instanceof RestorePlainDirectory && (mode & STICKY) == 0) {
                // Where files are known by name only, nobody may swap the names.
                wanted &= ~OTHERS_MAY_CHANGE;
            }
            if (wanted != mode) {
                directory.node().setMode(wanted);
                return OptionalInt.of(mode);
            }
        } catch (IOException e) {
            log().log(Level.DEBUG, "somebody else's directory stays as it is", e);
        }
        return OptionalInt.empty();
    }

    /**
     * {@return whether {@code record} says nothing of a real directory and there was one} Plakar makes up a root when it
     * restores a single file; with its mode, {@code /tmp} would be closed to everybody but root.
     */
    private boolean keepsItsOwn(FileRecord record) {
        FileInfo info = record.info();
        return record.pathname().equals("/") && tree.rootExisted() && info.dev() == 0 && info.ino() == 0;
    }

    private boolean locksUsOut(FileInfo info) {
        int owner = info.mode().posixPermissions() & OWNER_MAY_ENTER_AND_CHANGE;
        return !mayEnterAll && owner != OWNER_MAY_ENTER_AND_CHANGE;
    }

    private void settle(FileRecord record, RestoreDirectory directory) {
        try (directory) {
            sync.cover(directory);
            results.restored(record, metadata.apply(directory.node(), record.info()));
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    private void putBack(FileRecord record, RestoreDirectory directory, OptionalInt mode) {
        try (directory) {
            sync.cover(directory);
            if (mode.isPresent()) {
                directory.node().setMode(mode.getAsInt());
            }
            results.restored(record, List.of());
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    /** Settle all that is left, once no worker works any more, and bring the directories to the disk. */
    void finish() throws IOException, InterruptedException {
        leaveFor("/");
        // The deepest first: after its mode nothing below a directory can be reached.
        closing.sort(Comparator.comparing(FileRecord::pathname).reversed());
        for (FileRecord record : closing) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            close(record);
        }
        sync.sync();
    }

    private void close(FileRecord record) {
        try {
            settle(record, tree.find(record.pathname()));
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    /** Settle what a failed restore has left open: no directory stays as it was made for us. */
    @Override
    public void close() {
        try (sync) {
            leaveFor("/");
        }
    }

    /** Only for who has something to say: the first logger of a process brings in much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreDirectories.class.getName());
    }
}
