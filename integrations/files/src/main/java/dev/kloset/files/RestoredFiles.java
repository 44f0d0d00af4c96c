package dev.kloset.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this restore has made, and the rules for what is in its way: a file, a symbolic link or an empty directory from before gives
 * way, a directory with something in it stays, and nothing that this restore has made is ever replaced. Two names of a snapshot can be
 * one name here, where the file system does not tell upper and lower case apart. Keeps 64 bits of each file; for any number of
 * threads.
 */
final class RestoredFiles {

    static final String FULL_DIRECTORY_IN_PLACE = "a directory that is not empty is in its place";

    static final String IDENTITY = "unix:dev,ino";

    private final ReentrantLock renaming = new ReentrantLock(); // of two names that are one here, the second must see the first
    private final RestorePathSet made = new RestorePathSet(); // guarded by this

    /** Remember a file that is about to get its name. */
    void add(Map<String, Object> identity) {
        long key = key(identity);
        synchronized (this) {
            made.add(key);
        }
    }

    private boolean contains(Path file) throws IOException {
        long key = key(Files.readAttributes(file, IDENTITY, LinkOption.NOFOLLOW_LINKS));
        synchronized (this) {
            return made.contains(key);
        }
    }

    private static long key(Map<String, Object> identity) {
        long device = identity.get("dev") instanceof Long dev ? dev : 0;
        long inode = identity.get("ino") instanceof Long ino ? ino : 0;
        return device * 0x9E37_79B9_7F4A_7C15L ^ inode * 0xC2B2_AE3D_27D4_EB4FL;
    }

    /** Refuse to touch what this restore has made under another name. */
    void requireForeign(Path file) throws IOException {
        if (contains(file)) {
            throw new IOException(
                    "this restore has put another file under this name before: the file system here takes two names"
                            + " of the snapshot for one, as where upper and lower case are the same");
        }
    }

    /** Rename {@code source} to {@code target}, in the place of what may give way. */
    void replace(Path source, Path target) throws IOException {
        renaming.lock();
        try {
            replaceAlone(source, target);
        } finally {
            renaming.unlock();
        }
    }

    private void replaceAlone(Path source, Path target) throws IOException {
        try {
            requireForeign(target);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                removeDirectory(target);
            }
        } catch (NoSuchFileException e) {
            // It has gone by itself.
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Remove what is at {@code target}, so that a directory can be made there. */
    void makeRoomForDirectory(Path target) throws IOException {
        requireForeign(target);
        Files.deleteIfExists(target);
    }

    private static void removeDirectory(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            throw WholeReason.of(FULL_DIRECTORY_IN_PLACE, e);
        }
    }
}
