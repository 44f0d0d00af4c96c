package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Files with several names. The first one that arrives is written, the others become hard links of it if they are the same
 * file: equal numbers are not enough, as a number may be used again during a backup, and union file systems give one number to
 * files that have nothing in common. So metadata and every byte must be equal too. Remembers
 * each such file until all its names have come; names outside of what is restored never come, so it may stay to the end. As
 * many are kept as fit the memory: the names of files beyond become files of their own, which is logged.
 *
 * <p>For the thread that reads the records; the futures it hands out are completed by others.
 */
final class RestoreLinks {

    /** Of the heap: a package has 128 MiB, and a million files take some 60. */
    private static final double SHARE = 0.6;

    /**
     * What became of a record that may be another name.
     *
     * @param problems what could not be restored of the file that it is a name of now; null if it is not one
     * @param content what must be written if it is not
     */
    record Outcome(@Nullable List<String> problems, InputStream content) {}

    private final RestoreTree tree;
    private final Temporaries temporaries;
    private final WaitingLinks waiting;
    private final RestoredFiles made;
    private final byte[] buffer;
    private boolean full;

    /** @param buffer for contents that are compared, of any length */
    RestoreLinks(RestoreTree tree, Temporaries temporaries, RestoredFiles made, byte[] buffer) {
        this(tree, temporaries, made, buffer, Integer.MAX_VALUE);
    }

    RestoreLinks(RestoreTree tree, Temporaries temporaries, RestoredFiles made, byte[] buffer, int mostWaiting) {
        this.made = made;
        this.buffer = buffer;
        this.tree = tree;
        this.temporaries = temporaries;
        this.waiting = new WaitingLinks(mostWaiting, (long) (Runtime.getRuntime().maxMemory() * SHARE));
    }

    private static boolean hasOtherNames(FileInfo info) {
        return info.nlink() > 1 && info.ino() != 0;
    }

    /**
     * Make {@code record} a link of the file that came before under another name, if it is the same file.
     *
     * @param content what came along, null if nothing did; it is read to its end if a link is made
     */
    Outcome link(FileRecord record, @Nullable InputStream content) throws IOException, InterruptedException {
        InputStream given = content == null ? InputStream.nullInputStream() : content;
        Outcome fileOfItsOwn = new Outcome(null, given);
        LinkedFile first = hasOtherNames(record.info()) ? waiting.find(record.info()) : null;
        if (first == null || !first.mayBe(record)) {
            return fileOfItsOwn;
        }
        RestoreFile.Restored restored;
        try {
            restored = first.restored().get();
        } catch (ExecutionException e) {
            // Its content has come along, so it can be a file of its own, and the one for those that follow.
            waiting.remove(first);
            return fileOfItsOwn;
        }
        Outcome compared = content == null
                ? new Outcome(restored.problems(), given)
                : compare(first, restored, content);
        if (compared.problems() == null) {
            return compared;
        }
        if (link(record, first, restored)) {
            return compared;
        }
        return content == null ? fileOfItsOwn : new Outcome(null, contentOf(first, restored));
    }

    private boolean link(FileRecord record, LinkedFile first, RestoreFile.Restored restored) {
        try {
            link(first.pathname(), record.pathname(), restored.identity());
        } catch (IOException e) {
            log().log(Level.DEBUG, () -> "cannot link " + record.pathname() + " to " + first.pathname(), e);
            // The next names are linked to this one then. With an obstacle at this name alone they still have the first.
            if (!(e instanceof ObstacleException)) {
                waiting.remove(first);
            }
            return false;
        }
        waiting.countDown(first);
        return true;
    }

    /** {@return an outcome with problems if the bytes are those of {@code first}, else with all bytes to be written} */
    private Outcome compare(LinkedFile first, RestoreFile.Restored restored, InputStream content) throws IOException {
        InputStream existing;
        try {
            existing = contentOf(first, restored);
        } catch (IOException e) {
            log().log(Level.WARNING,
                    "hard links of " + first.pathname() + " become files of their own, because it cannot"
                            + " be read again to compare them: " + RestoreReason.of(e));
            return new Outcome(null, content);
        }
        try (existing) {
            long equal = 0;
            while (true) {
                int count = content.readNBytes(buffer, 0, buffer.length);
                byte[] expected = existing.readNBytes(count == buffer.length ? count : count + 1);
                if (!Arrays.equals(buffer, 0, count, expected, 0, expected.length)) {
                    return new Outcome(null, begin(first, restored, equal, Arrays.copyOf(buffer, count), content));
                }
                if (count < buffer.length) {
                    return new Outcome(restored.problems(), content);
                }
                equal += count;
            }
        }
    }

    /** {@return what was read of {@code content}, of which the beginning is that of {@code first}, and the rest of it} */
    private InputStream begin(LinkedFile first, RestoreFile.Restored restored, long equal, byte[] read,
            InputStream content)
            throws IOException {
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(read), content);
        return equal == 0
                ? rest
                : new SequenceInputStream(new FirstBytes(contentOf(first, restored), equal), rest);
    }

    private InputStream contentOf(LinkedFile first, RestoreFile.Restored restored) throws IOException {
        try (RestoreDirectory directory = tree.find(RestorePath.parent(first.pathname()));
                RestoreNode node = directory.hold(RestorePath.name(first.pathname()))) {
            if (!node.identity().equals(restored.identity())) {
                throw new IOException("it is not the file any more that was restored");
            }
            return node.read();
        }
    }

    /** {@return where to tell that {@code record} has been written: others may become links of it} */
    CompletableFuture<RestoreFile.Restored> written(FileRecord record) {
        var restored = new CompletableFuture<RestoreFile.Restored>();
        FileInfo info = record.info();
        if (hasOtherNames(info) && !waiting.add(
                new LinkedFile(record.pathname(), info, record.target(), restored, info.nlink() - 1))) {
            sayFull(record.pathname());
        }
        return restored;
    }

    private void sayFull(String pathname) {
        if (!full) {
            full = true;
            log().log(Level.WARNING,
                    waiting.size() + " files wait for names that have not come: hard links of further files, "
                            + "from " + pathname
                            + " on, are restored as files of their own; give the plugin more memory "
                            + "with KLOSET_JAVA_OPTS=-Xmx512m in the environment");
        }
    }

    /** The new name is taken by something that stays, or its directory cannot be entered. */
    private static final class ObstacleException extends IOException {
        private static final long serialVersionUID = 1;

        private ObstacleException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private void link(String existing, String pathname, FileIdentity identity) throws IOException {
        try (RestoreDirectory from = tree.find(RestorePath.parent(existing));
                RestoreDirectory to = enter(RestorePath.parent(pathname))) {
            Path source = from.at(RestorePath.name(existing));
            Path target = to.at(RestorePath.name(pathname));
            try {
                Files.createLink(target, source);
            } catch (FileAlreadyExistsException e) {
                replace(target, source, to.at(temporaries.next()));
            }
            if (!FileIdentity.of(target).equals(identity)) {
                Files.delete(target);
                throw new IOException("it is not the file any more that was restored");
            }
        }
    }

    private RestoreDirectory enter(String pathname) throws IOException {
        try {
            return tree.enter(pathname);
        } catch (IOException e) {
            throw new ObstacleException(e);
        }
    }

    private void replace(Path target, Path source, Path temporary) throws IOException {
        Files.createLink(temporary, source);
        try {
            made.replace(temporary, target);
        } catch (IOException e) {
            throw new ObstacleException(e);
        } finally {
            // A rename between two names of one file does nothing, by the letter of POSIX.
            Files.deleteIfExists(temporary);
        }
    }

    /** Only for who has something to say: the first logger of a process brings in much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreLinks.class.getName());
    }
}
