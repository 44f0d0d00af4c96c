package dev.kloset.files.restore.node;

import dev.kloset.FileInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives a restored file its owner, time and mode, in this order: a change of owner removes setuid, and after the mode the file
 * may be closed even to its owner. Correct attributes are left alone, so the process needs no rights for them.
 */
public final class RestoreMetadata {

    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int PERMISSIONS = 07777;
    private static final String OWNER_AND_MODE = "unix:uid,gid,mode";

    // Go's zero time, which stands for "unknown": the first second of the year 1. Not parsed, which would take milliseconds.
    private static final Instant UNKNOWN_TIME = Instant.ofEpochSecond(-62_135_596_800L);
    // Between these times, every file system in use keeps nanoseconds, or as much of them as it can.
    private static final Instant ORDINARY_FROM = Instant.EPOCH;
    private static final Instant ORDINARY_UNTIL = Instant.ofEpochSecond(Integer.MAX_VALUE);

    private final boolean skipOwner;
    private final boolean changesExistingRoot;
    private final RestoreOwners owners;

    /**
     * @param skipOwner whether owners stay as they are
     * @param changesExistingRoot whether an existing root directory gets the metadata of the source's
     * @param owners gives files to their owners
     */
    public RestoreMetadata(boolean skipOwner, boolean changesExistingRoot, RestoreOwners owners) {
        this.skipOwner = skipOwner;
        this.changesExistingRoot = changesExistingRoot;
        this.owners = owners;
    }

    public boolean changesExistingRoot() {
        return changesExistingRoot;
    }

    /**
     * Apply {@code info} to {@code file}.
     *
     * @return what could not be restored, each as the rest of a sentence that begins with "restored, but"
     */
    public List<String> apply(RestoreNode file, FileInfo source) throws IOException {
        FileInfo info = skipOwner ? source : owners.here(source);
        List<String> problems = new ArrayList<>();
        boolean owned = !skipOwner && knowsOwner(info);
        boolean hasMode = !info.mode().isSymlink();
        Map<String, Object> now = owned || hasMode ? file.attributes(OWNER_AND_MODE) : Map.of();
        boolean kept = false; // whether the file stays with this user although it belongs to another one
        if (owned && RestoreOwners.isForeign(now, info)) {
            kept = !owners.give(file, now, info, problems);
            now = hasMode ? file.attributes(OWNER_AND_MODE) : now;
        }
        time(file, info.modTime(), problems);
        if (hasMode) {
            mode(file, now, info, kept, problems);
        }
        return problems;
    }

    /** Sources without owners, such as object stores, leave the ids at 0 and the names empty. */
    private static boolean knowsOwner(FileInfo info) {
        return info.uid() != 0 || info.gid() != 0 || !info.username().isEmpty() || !info.groupname().isEmpty();
    }

    /** {@return the parts of {@code info} that cannot be restored anywhere, in the words of {@link #apply}} */
    public List<String> impossible(FileInfo info) {
        List<String> problems = new ArrayList<>();
        if (!skipOwner && knowsOwner(info)) {
            owners.addImpossible(info, problems);
        }
        return problems;
    }

    /** Report at the end what concerns all files together. */
    public void sumUp() {
        owners.sumUp();
    }

    public static void time(RestoreNode file, Instant time, List<String> problems) throws IOException {
        if (time.equals(UNKNOWN_TIME)) {
            return;
        }
        try {
            file.setModified(time);
        } catch (IOException e) {
            problems.add("its time " + time + " could not be set: " + RestoreReason.of(e));
            return;
        }
        if (time.isBefore(ORDINARY_FROM) || time.isAfter(ORDINARY_UNTIL)) {
            // File systems silently store the nearest time they can.
            Instant now = file.modified();
            if (now.getEpochSecond() != time.getEpochSecond()) {
                problems.add("its time is " + now + ", because " + time + " is out of range here");
            }
        }
    }

    private static void mode(RestoreNode file, Map<String, Object> now, FileInfo info, boolean kept,
            List<String> problems)
            throws IOException {
        int wanted = info.mode().posixPermissions();
        if (!info.mode().isDirectory()) {
            // A program must not run with the rights of a user who never granted them.
            List<String> said = kept ? new ArrayList<>() : problems; // reported by the summary
            wanted = without(SETUID, "setuid", wanted, unsigned(now, "uid") == info.uid(), said);
            wanted = without(SETGID, "setgid", wanted, unsigned(now, "gid") == info.gid(), said);
        }
        if ((unsigned(now, "mode") & PERMISSIONS) == wanted) {
            return;
        }
        try {
            file.setMode(wanted);
        } catch (IOException e) {
            problems.add("its mode " + info.mode() + " could not be set: " + RestoreReason.of(e));
        }
    }

    private static int without(int bit, String word, int mode, boolean allowed, List<String> problems) {
        if ((mode & bit) == 0 || allowed) {
            return mode;
        }
        problems.add("without " + word + ", because it now belongs to another user");
        return mode & ~bit;
    }

    static long unsigned(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Integer value) {
            return Integer.toUnsignedLong(value);
        }
        throw new IOException("the file system does not report the " + name);
    }
}
