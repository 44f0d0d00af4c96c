package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Files with several names. The first one that arrives is written, the others become hard links of it. Remembers one entry
 * per such file until all its names have come; names outside of what is restored never come, so it may stay to the end. So
 * many entries are kept and no more: the names of files beyond become files of their own, which is logged.
 *
 * <p>For the thread that reads the records; the futures it hands out are completed by others.
 */
final class RestoreLinks {

    // Some 60 MB with paths of ordinary length; a package gives the process 128 MiB.
    private static final int MOST_WAITING = 200_000;

    private record Key(long dev, long ino) {}

    private record First(String pathname, CompletableFuture<RestoreFile.Restored> restored, int missing) {}

    private final RestoreTree tree;
    private final Temporaries temporaries;
    private final int mostWaiting;
    private final Map<Key, First> firsts = new HashMap<>();
    private boolean full;

    RestoreLinks(RestoreTree tree, Temporaries temporaries) {
        this(tree, temporaries, MOST_WAITING);
    }

    RestoreLinks(RestoreTree tree, Temporaries temporaries, int mostWaiting) {
        this.tree = tree;
        this.temporaries = temporaries;
        this.mostWaiting = mostWaiting;
    }

    private static boolean hasOtherNames(FileInfo info) {
        return info.nlink() > 1 && info.ino() != 0;
    }

    /**
     * Make {@code record} a link of the file that came before under another name.
     *
     * @return what could not be restored of that file, or nothing if {@code record} must be written
     */
    Optional<List<String>> link(FileRecord record) throws InterruptedException {
        Key key = new Key(record.info().dev(), record.info().ino());
        First first = hasOtherNames(record.info()) ? firsts.remove(key) : null;
        if (first == null) {
            return Optional.empty();
        }
        try {
            RestoreFile.Restored restored = first.restored().get();
            link(first.pathname(), record.pathname(), restored.fileKey());
            if (first.missing() > 1) {
                firsts.put(key, new First(first.pathname(), first.restored(), first.missing() - 1));
            }
            return Optional.of(restored.problems());
        } catch (ExecutionException | IOException e) {
            // Its content has come along, so it can be a file of its own, and the one for those that follow.
            log().log(Level.DEBUG, () -> "cannot link " + record.pathname() + " to " + first.pathname(), e);
            return Optional.empty();
        }
    }

    /** {@return where to tell that {@code record} has been written: others may become links of it} */
    CompletableFuture<RestoreFile.Restored> written(FileRecord record) {
        var restored = new CompletableFuture<RestoreFile.Restored>();
        FileInfo info = record.info();
        if (hasOtherNames(info) && hasRoom(record.pathname())) {
            firsts.put(new Key(info.dev(), info.ino()), new First(record.pathname(), restored, info.nlink() - 1));
        }
        return restored;
    }

    private boolean hasRoom(String pathname) {
        if (firsts.size() < mostWaiting) {
            return true;
        }
        if (!full) {
            full = true;
            log().log(Level.WARNING,
                    mostWaiting + " files wait for names that have not come: hard links of further files, "
                            + "from " + pathname + " on, are restored as files of their own");
        }
        return false;
    }

    private void link(String existing, String pathname, @Nullable Object fileKey) throws IOException {
        try (RestoreDirectory from = tree.find(RestorePath.parent(existing));
                RestoreDirectory to = tree.enter(RestorePath.parent(pathname))) {
            Path source = from.at(RestorePath.name(existing));
            Path target = to.at(RestorePath.name(pathname));
            try {
                Files.createLink(target, source);
            } catch (FileAlreadyExistsException e) {
                replace(target, source, to.at(temporaries.next()));
            }
            if (!Objects.equals(fileKey(target), fileKey)) {
                Files.delete(target);
                throw new IOException("it is not the file any more that was restored");
            }
        }
    }

    private static void replace(Path target, Path source, Path temporary) throws IOException {
        Files.createLink(temporary, source);
        try {
            RestoreFile.replace(temporary, target);
        } finally {
            // A rename between two names of one file does nothing, by the letter of POSIX.
            Files.deleteIfExists(temporary);
        }
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /** Only for who has something to say: the first logger of a process brings in much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreLinks.class.getName());
    }
}
