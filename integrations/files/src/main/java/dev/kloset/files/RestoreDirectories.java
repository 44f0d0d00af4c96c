package dev.kloset.files;

import dev.kloset.ExportWorkers;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
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
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
    // From the root down to where the walk is.
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

    /** {@return the visit to the directory of {@code pathname}} Directories that the walk has left for it are settled. */
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
        // Until they are through the time may still be that of the last file.
        workers.drain();
        RestoreDirectory directory = tree.find(pathname);
        RestoreVisit visit = new RestoreVisit(pathname, putBack(pathname, directory));
        visits.addLast(visit);
        return visit;
    }

    private static RestoreVisit.Settlement putBack(String pathname, RestoreDirectory directory) throws IOException {
        Instant time = directory.node().modified();
        return _ -> {
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
        boolean isNew = pathname.equals("/") ? !tree.rootExisted() : make(pathname);
        OptionalInt itsOwn = isNew ? OptionalInt.empty() : adopt(pathname);
        RestoreDirectory directory = tree.find(pathname);
        if (isNew && directory.lendsLists()) {
            directory.node().removeInheritedLists();
        }
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

    /** {@return whether an access list waits for the end of the visit to its directory} It need not: the directory may be left. */
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
                    return false;
                }
                made.makeRoomForDirectory(directory);
                Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
            }
            made.add(Files.readAttributes(directory, RestoredFiles.IDENTITY, LinkOption.NOFOLLOW_LINKS));
            return true;
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
     * {@return whether the root stays as the user has made it} It does unless asked for, and also if {@code record} says nothing of a real
     * directory: Plakar makes up a root when it restores a single file; with its mode, {@code /tmp} would be closed to everybody
     * but root.
     */
    private boolean keepsItsOwn(FileRecord record) {
        return record.pathname().equals("/") && tree.rootExisted() && !tree.rootIsUnfinished()
                && (isMadeUp(record) || !metadata.changesExistingRoot());
    }

    private static boolean isMadeUp(FileRecord record) {
        return record.info().dev() == 0 && record.info().ino() == 0;
    }

    /** {@return whether the directory that was there before stays as it is} */
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

    private void settle(FileRecord record, RestoreDirectory directory, Map<String, byte[]> lists) {
        try (directory) {
            sync.cover(directory);
            FileInfo info = lists.containsKey(RestoreAcl.ACCESS) ? record.info() : RestoreAcl.withoutLentRights(record);
            if (locksUsOut(info)) {
                // The walk may come back, and directories below must be reached in the end.
                info = info.toBuilder().mode(new FileMode(info.mode().bits() | OWNER_MAY_ALL)).build();
            }
            if (record.pathname().equals("/")) {
                tree.finishRoot();
            }
            List<String> problems = metadata.apply(directory.node(), info);
            for (Map.Entry<String, byte[]> list : lists.entrySet()) {
                setList(directory.node(), list.getKey(), list.getValue(), problems);
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

    private void putBack(FileRecord record, RestoreDirectory directory, OptionalInt mode) {
        try (directory) {
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

    /** Settle all that is left, once no worker works any more, and bring the directories to the disk. */
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
