package dev.kloset.cli.copy;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which directories the destination has received, and makes up those that the source left out. Exporters expect
 * {@code /} first and every directory before what it contains, but importers promise no order at all.
 *
 * <p>Grows with the number of directories, not of files. For one thread at a time.
 */
final class DirectoryLedger {

    // As Plakar makes up what an importer left out: no rights for other users, and an unknown owner.
    private static final FileMode MADE_UP = FileMode.directory(0750);

    private final Set<String> sent = new HashSet<>();
    private final Instant now;

    DirectoryLedger(Instant now) {
        this.now = now;
    }

    /** {@return whether {@code pathname} is new to the destination} */
    boolean add(String pathname) {
        return sent.add(pathname);
    }

    /** {@return the directories above {@code pathname} that are new to the destination, the highest first} They then count as sent. */
    List<FileRecord> missingAbove(String pathname) {
        Deque<FileRecord> missing = new ArrayDeque<>();
        for (String parent = parent(pathname); parent != null && add(parent); parent = parent(parent)) {
            missing.addFirst(madeUp(parent));
        }
        return List.copyOf(missing);
    }

    private FileRecord madeUp(String pathname) {
        String name = pathname.equals("/") ? "/" : pathname.substring(pathname.lastIndexOf('/') + 1);
        return FileRecord.of(pathname, FileInfo.builder(name).mode(MADE_UP).modTime(now).build());
    }

    private static @Nullable String parent(String pathname) {
        if (pathname.equals("/")) {
            return null;
        }
        int slash = pathname.lastIndexOf('/');
        return slash == 0 ? "/" : pathname.substring(0, slash);
    }
}
