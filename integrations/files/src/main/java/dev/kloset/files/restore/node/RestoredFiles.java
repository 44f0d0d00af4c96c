package dev.kloset.files.restore.node;

import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.WholeReason;
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
 * What this restore has made, and the rules for what is in its way. An existing file, symbolic link or empty directory gives
 * way; a directory with content only on request. Nothing that this restore has made is ever replaced, because two names in a
 * snapshot can be one name on a file system that does not distinguish upper and lower case. It keeps 64 bits per file. Safe for
 * any number of threads.
 */
public final class RestoredFiles {

    public static final String FULL_DIRECTORY_IN_PLACE = "a directory that is not empty is in its place; with replace_directories"
            + " it would be removed";
    static final String CANNOT_REMOVE_SAFELY = "a directory that is not empty is in its place, and cannot be removed because"
            + " this system lets other processes redirect the removal";

    private final boolean replacesDirectories;
    private final ReentrantLock renaming = new ReentrantLock(); // if two names are one here, the second must see the first
    private final RestorePathSet made = new RestorePathSet(); // guarded by this
    private final RestorePathSet adopted = new RestorePathSet(); // guarded by this

    /**
     * @param replacesDirectories whether a directory with content gives way to something that is not a directory
     */
    public RestoredFiles(boolean replacesDirectories) {
        this.replacesDirectories = replacesDirectories;
    }

    /** Record a file that is about to get its name. */
    public void add(Map<String, Object> identity) throws IOException {
        long key = key(FileIdentity.of(identity));
        synchronized (this) {
            made.add(key);
        }
    }

    /** Record an existing directory that is also in the snapshot, so that nothing takes its place. */
    public void adopt(Path directory) throws IOException {
        long key = key(FileIdentity.of(directory));
        synchronized (this) {
            adopted.add(key);
        }
    }

    private synchronized boolean isMade(FileIdentity identity) {
        return made.contains(key(identity));
    }

    private synchronized boolean isAdopted(FileIdentity identity) {
        return adopted.contains(key(identity));
    }

    private static long key(FileIdentity identity) {
        return identity.device() * 0x9E37_79B9_7F4A_7C15L ^ identity.inode() * 0xC2B2_AE3D_27D4_EB4FL;
    }

    /** Refuse to touch a file that this restore has made under another name. */
    public void requireForeign(Path file) throws IOException {
        if (isMade(FileIdentity.of(file))) {
            throw taken();
        }
    }

    private void requireRemovable(FileIdentity entry) throws IOException {
        if (isMade(entry) || isAdopted(entry)) {
            throw taken();
        }
    }

    private static IOException taken() {
        return new IOException(
                "this restore has already put another file under this name: the file system treats two names"
                        + " in the snapshot as one, as it does when it ignores case");
    }

    /**
     * Rename {@code source} in {@code directory} to {@code target} there, replacing what may give way. That happens only now
     * that its replacement is complete.
     *
     * @throws DirectoryRemoval.UnfinishedException if a part of what should give way may already be gone
     */
    public void replace(RestoreDirectory directory, String source, String target) throws IOException {
        renaming.lock();
        try {
            makeRoom(directory, target);
            Files.move(directory.at(source), directory.at(target), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            renaming.unlock();
        }
    }

    private void makeRoom(RestoreDirectory directory, String target) throws IOException {
        Path path = directory.at(target);
        try {
            requireRemovable(FileIdentity.of(path));
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                removeDirectory(directory, target);
            }
        } catch (NoSuchFileException e) {
            // Another process has removed it.
        }
    }

    /** Remove the file at {@code target}, so that a directory can be made there. */
    public void makeRoomForDirectory(Path target) throws IOException {
        requireForeign(target);
        Files.deleteIfExists(target);
    }

    private void removeDirectory(RestoreDirectory directory, String name) throws IOException {
        try {
            Files.deleteIfExists(directory.at(name));
        } catch (DirectoryNotEmptyException e) {
            if (!replacesDirectories) {
                throw WholeReason.of(FULL_DIRECTORY_IN_PLACE, e);
            }
            directory.removeTree(name, this::requireRemovable);
        }
    }
}
