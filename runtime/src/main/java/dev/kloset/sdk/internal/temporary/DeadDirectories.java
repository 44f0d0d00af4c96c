package dev.kloset.sdk.internal.temporary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** What killed processes have left beside the directory of this one. */
final class DeadDirectories {

    /** No process takes so long to make its lock. */
    private static final Duration LONGEST_START = Duration.ofDays(1);

    private DeadDirectories() {}

    /** Delete them on a thread that does not keep the process alive. */
    static void deleteBeside(Path own) {
        Path shared = own.getParent();
        String[] names = shared == null ? null : shared.toFile().list();
        if (shared != null && names != null && names.length > 1) {
            Thread.ofPlatform().daemon().name("kloset-sweep").start(() -> delete(shared, names, own));
        }
    }

    static void delete(Path shared, String[] names, Path own) {
        for (String name : names) {
            Path each = shared.resolve(name);
            try {
                if (!each.equals(own) && isDead(each)) {
                    FileTree.delete(each);
                }
            } catch (IOException e) {
                // It stays for the next process.
            }
        }
    }

    private static boolean isDead(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel lock = FileChannel.open(directory.resolve(TemporaryDirectory.LOCK),
                StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (NoSuchFileException e) {
            return Files.getLastModifiedTime(directory).toInstant().isBefore(Instant.now().minus(LONGEST_START));
        }
    }
}
