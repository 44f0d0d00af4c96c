package dev.kloset.sdk.cache;

import dev.kloset.sdk.internal.temporary.FileTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets one process at a time make the cache of a plugin. The lock is a directory that names the process id of its owner. It does
 * not count if the owner is gone, or if it is older than any training can be.
 */
record CacheLock(Path directory) {

    /** Twice as long as any training may take. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String OWNER = "owner";

    /** {@return the lock, unless another process has it} */
    static Optional<CacheLock> take(Path directory) throws IOException {
        if (!make(directory)) {
            if (counts(directory) || !takeAway(directory) || !make(directory)) {
                return Optional.empty();
            }
        }
        Files.writeString(directory.resolve(OWNER), ProcessHandle.current().pid() + "\n");
        return Optional.of(new CacheLock(directory));
    }

    private static boolean make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** A lock without a number counts: its owner is about to write it. */
    private static boolean counts(Path directory) throws IOException {
        try {
            if (Files.getLastModifiedTime(directory).toInstant().isBefore(Instant.now().minus(LONGEST))) {
                return false;
            }
            String owner = Files.readString(directory.resolve(OWNER)).strip();
            return !owner.matches("[0-9]{1,18}") || ProcessHandle.of(Long.parseLong(owner)).isPresent();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** If several processes try this at once, one of them moves the directory. */
    private static boolean takeAway(Path directory) throws IOException {
        Path away = directory.resolveSibling(directory.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.move(directory, away);
        } catch (NoSuchFileException e) {
            return false;
        }
        FileTree.delete(away);
        return true;
    }

    void release() throws IOException {
        FileTree.delete(directory);
    }
}
