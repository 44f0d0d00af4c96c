package dev.kloset.files.restore;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.export.ExportWorkers;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.ProcessIdentity;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.restore.node.KnownDirectory;
import dev.kloset.files.restore.node.RestoreAcl;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreNode;
import dev.kloset.files.restore.node.RestorePath;
import dev.kloset.files.restore.node.RestorePathSet;
import dev.kloset.files.restore.node.RestorePlainDirectory;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The directories of a restore. They are made at once, closed to all other users, and get owner, time and mode when the walk
 * has left them: every file that is put in changes the time. Records come depth first, so few are waited for at once. If the
 * walk comes back, the time is restored; a mode that would not let us in again waits for the end.
 *
 * <p>For one thread; a worker may do the final work on a directory.
 */
final class RestoreDirectories implements AutoCloseable {

    private static final int OWNER_MAY_ALL = 0700;
    private static final int OWNER_SHIFT = 6;
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
    // From the root down to the current directory of the walk.
    private final Deque<RestoreVisit> visits = new ArrayDeque<>();
    private final RestorePathSet settled = new RestorePathSet();
    private final ClosedDirectories closed = new ClosedDirectories();
    private final RestoredFiles made;
    private boolean keepsRoot;

    RestoreDirectories(RestoreTree tree, Temporaries temporaries, RestoreMetadata metadata, ExportWorkers workers,
            RestoreResults results, RestoredFiles made, Disk disk) {
        this.made = made;
        this.sync = new RestoreSync(disk);
        this.workers = workers;
        this.tree = tree;
        this.temporaries = temporaries;
        this.metadata = metadata;
        this.results = results;
    }

    /** {@return the visit to the directory of {@code pathname}} Settles the directories that the walk has left to get there. */
    RestoreVisit visit(String pathname) throws IOException, InterruptedException {
        leaveFor(pathname);
        if (pathname.equals("/")) {
            return new RestoreVisit(pathname, _ -> {});
        }
        String parent = RestorePath.parent(pathname);
        RestoreVisit innermost = visits.peekLast();
        if (innermost != null && innermost.isAt(parent)) {
            return innermost;
        }
        return settled.contains(parent) ? comeBack(parent) : new RestoreVisit(parent, _ -> {});
    }

    private void leaveFor(String pathname) {
        for (RestoreVisit last = visits.peekLast(); last != null && !last.isAbove(pathname); last = visits.peekLast()) {
            visits.removeLast().release();
        }
    }

    private RestoreVisit comeBack(String pathname) throws IOException, InterruptedException {
        // Until the workers are done, the time may still be that of the last file.
        workers.drain();
        RestoreVisit visit = new RestoreVisit(pathname, putBack(pathname));
        visits.addLast(visit);
        return visit;
    }

    private RestoreVisit.Settlement putBack(String pathname) throws IOException {
        Instant time = modified(pathname);
        KnownDirectory known = tree.know(pathname);
        return _ -> {
            try (known; RestoreDirectory directory = known.open()) {
                directory.node().setModified(time);
            } catch (IOException e) {
                log().log(Level.WARNING, "cannot put back the time of " + pathname + ": " + RestoreReason.of(e));
            }
        };
    }

    private Instant modified(String pathname) throws IOException {
        try (RestoreDirectory directory = tree.find(pathname)) {
            return directory.node().modified();
        }
    }

    /** Make the directory, or reuse an existing one. It has a result when it is settled. */
    void begin(FileRecord record) throws IOException, InterruptedException {
        String pathname = record.pathname();
        if (settled.contains(pathname)) {
            workers.drain();
        }
        boolean isNew = pathname.equals("/") ? !tree.rootExisted() : make(pathname);
        OptionalInt itsOwn = isNew ? OptionalInt.empty() : adopt(pathname);
        if (isNew) {
            removeInheritedLists(pathname);
        }
        KnownDirectory directory = tree.know(pathname);
        if (keepsItsOwn(record)) {
            OptionalInt mode = itsOwn;
            keepsRoot = true;
            visits.addLast(new RestoreVisit(pathname, _ -> putBack(record, directory, mode)));
            return;
        }
        settled.add(pathname);
        if (locksUsOut(record.info())) {
            closed.add(pathname, ownerRights(record.info()));
        }
        visits.addLast(new RestoreVisit(pathname, lists -> settle(record, directory, lists)));
    }

    private void removeInheritedLists(String pathname) throws IOException {
        try (RestoreDirectory directory = tree.find(pathname)) {
            if (directory.lendsLists()) {
                directory.node().removeInheritedLists();
            }
        }
    }

    /** {@return whether an access list waits for the end of the visit to its directory} If that visit is over, it does not. */
    boolean postpone(String pathname, String attribute, byte[] list) {
        for (RestoreVisit visit : visits) {
            if (visit.isAt(pathname)) {
                visit.postpone(attribute, list);
                return true;
            }
        }
        return false;
    }

    private boolean make(String pathname) throws IOException {
        try (RestoreDirectory parent = tree.enter(RestorePath.parent(pathname))) {
            Path directory = parent.at(RestorePath.name(pathname));
            try {
                Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
            } catch (FileAlreadyExistsException e) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    if (!settled.contains(pathname)) {
                        made.requireForeign(directory);
                    }
                    made.adopt(directory);
                    return false;
                }
                made.makeRoomForDirectory(directory);
                Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
            }
            made.add(Files.readAttributes(directory, FileIdentity.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
            return true;
        }
    }

    /**
     * Reuse an existing directory. An earlier restore may have been killed in it, and its mode may lock us out.
     *
     * @return its mode, if this changed it
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
                // Where files are known only by name, other users must not be able to swap the names.
                wanted &= ~OTHERS_MAY_CHANGE;
            }
            if (wanted != mode) {
                directory.node().setMode(wanted);
                return OptionalInt.of(mode);
            }
        } catch (IOException e) {
            log().log(Level.DEBUG, "another user's directory stays as it is", e);
        }
        return OptionalInt.empty();
    }

    /**
     * {@return whether the root stays as the user made it} It does unless the user asks otherwise, and also if {@code record}
     * does not describe a real directory. Plakar makes up a root when it restores a single file; with its mode, only root could
     * use {@code /tmp}.
     */
    private boolean keepsItsOwn(FileRecord record) {
        return record.pathname().equals("/") && tree.rootExisted() && !tree.rootIsUnfinished()
                && (isMadeUp(record) || !metadata.changesExistingRoot());
    }

    private static boolean isMadeUp(FileRecord record) {
        return record.info().dev() == 0 && record.info().ino() == 0;
    }

    /** {@return whether the existing directory stays as it is} */
    boolean keepsRoot() {
        return keepsRoot;
    }

    private boolean locksUsOut(FileInfo info) {
        int owner = info.mode().posixPermissions() & OWNER_MAY_ENTER_AND_CHANGE;
        return !mayEnterAll && owner != OWNER_MAY_ENTER_AND_CHANGE;
    }

    private static int ownerRights(FileInfo info) {
        return (info.mode().posixPermissions() & OWNER_MAY_ALL) >> OWNER_SHIFT;
    }

    private void settle(FileRecord record, KnownDirectory known, Map<String, byte[]> lists) {
        try (known; RestoreDirectory directory = known.open()) {
            sync.cover(directory);
            FileInfo info = lists.containsKey(RestoreAcl.ACCESS) ? record.info() : RestoreAcl.withoutLentRights(record);
            if (locksUsOut(info)) {
                // The walk may come back, and in the end the directories below must be reachable.
                info = info.toBuilder().mode(new FileMode(info.mode().bits() | OWNER_MAY_ALL)).build();
            }
            if (record.pathname().equals("/")) {
                tree.finishRoot();
            }
            List<String> problems = metadata.apply(directory.node(), info);
            for (Map.Entry<String, byte[]> list : lists.entrySet()) {
                setList(directory.node(), list.getKey(), list.getValue(), problems);
            }
            if (!lists.isEmpty() && locksUsOut(record.info())) {
                // The list has its own rights for the owner.
                directory.node().setMode(directory.node().permissions() | OWNER_MAY_ALL);
            }
            results.restored(record, problems);
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    private static void setList(RestoreNode node, String attribute, byte[] list, List<String> problems) {
        try {
            RestoreXattrs.set(node, attribute, list);
        } catch (IOException e) {
            problems.add("its attribute " + attribute + " could not be set: " + RestoreReason.of(e));
        }
    }

    private void putBack(FileRecord record, KnownDirectory known, OptionalInt mode) {
        try (known; RestoreDirectory directory = known.open()) {
            sync.cover(directory);
            if (mode.isPresent()) {
                directory.node().setMode(mode.getAsInt());
            }
            List<String> problems = new ArrayList<>();
            if (!isMadeUp(record)) {
                RestoreMetadata.time(directory.node(), record.info().modTime(), problems);
            }
            results.restored(record, problems);
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    /** Settle the remaining directories, after the workers have finished, and bring all to the disk. */
    void finish() throws IOException {
        leaveFor("/");
        closed.drain(this::close);
        tree.finishRoot();
        sync.sync();
    }

    private void close(String pathname, int ownerRights) {
        try (RestoreDirectory directory = tree.find(pathname)) {
            RestoreNode node = directory.node();
            node.setMode(node.permissions() & ~OWNER_MAY_ALL | ownerRights << OWNER_SHIFT);
        } catch (IOException | RuntimeException e) {
            log().log(Level.WARNING, "cannot set the mode of " + pathname + " at the end: " + RestoreReason.of(e));
        }
    }

    /** Settle what a failed restore has left open, so that no directory keeps the mode it was made with. */
    @Override
    public void close() {
        try (sync) {
            leaveFor("/");
        }
    }

    /** Get the logger only for a message: the first logger of a process loads much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreDirectories.class.getName());
    }
}
