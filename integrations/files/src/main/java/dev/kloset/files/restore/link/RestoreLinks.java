package dev.kloset.files.restore.link;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.restore.node.DirectoryRemoval;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreFile;
import dev.kloset.files.restore.node.RestoreNode;
import dev.kloset.files.restore.node.RestorePath;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Files with several names. The first name that arrives is written; the others become hard links to it if they belong to the
 * same file. Equal numbers are not enough for that, because a number may be reused during a backup, and union file systems give
 * one number to unrelated files. So metadata and every byte must be equal too. Each such file is remembered until all its names
 * have come. Names outside the restored part never come, so a file may stay until the end. Memory limits how many files are
 * kept: the names of any others become separate files, which is logged.
 *
 * <p>For the thread that reads the records; other threads complete the futures it hands out.
 */
public final class RestoreLinks {

    /** The share of the heap: a package has 128 MiB, and a million files take some 60. */
    private static final double SHARE = 0.6;

    /**
     * What became of a record that may be another name of a file.
     *
     * @param problems what could not be restored of the file of which the record is now a name; null if it is not one
     * @param content the content to write in that case
     */
    public record Outcome(@Nullable List<String> problems, InputStream content) {}

    private final RestoreTree tree;
    private final Temporaries temporaries;
    private final WaitingLinks waiting;
    private final RestoredFiles made;
    private final byte[] buffer;
    private boolean full;

    /**
     * @param buffer for comparing contents, of any length
     */
    public RestoreLinks(RestoreTree tree, Temporaries temporaries, RestoredFiles made, byte[] buffer) {
        this(tree, temporaries, made, buffer, Integer.MAX_VALUE);
    }

    public RestoreLinks(RestoreTree tree, Temporaries temporaries, RestoredFiles made, byte[] buffer, int mostWaiting) {
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
     * Make {@code record} a link to the file that came before under another name, if it is the same file.
     *
     * @param content the content that came with it, null if there is none; it is read to its end if a link is made
     */
    public Outcome link(FileRecord record, @Nullable InputStream content) throws IOException, InterruptedException {
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
            // Its content is here, so it can become a separate file, to which the following names are linked.
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

    private boolean link(FileRecord record, LinkedFile first, RestoreFile.Restored restored)
            throws DirectoryRemoval.UnfinishedException {
        try {
            link(first.pathname(), record.pathname(), restored.identity());
        } catch (DirectoryRemoval.UnfinishedException e) {
            // The failure says what is already gone; a second attempt could not know that.
            throw e;
        } catch (IOException e) {
            log().log(Level.DEBUG, () -> "cannot link " + record.pathname() + " to " + first.pathname(), e);
            // Then link the next names to this one. If only this name has an obstacle, they still have the first.
            if (!(e instanceof ObstacleException)) {
                waiting.remove(first);
            }
            return false;
        }
        waiting.countDown(first);
        return true;
    }

    /** {@return an outcome with problems if the bytes equal those of {@code first}, otherwise one with all bytes to write} */
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

    /** {@return the bytes already read from {@code content}, the first of which equal those of {@code first}, followed by the rest} */
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
                RestoreNode node = hold(directory, first.pathname(), restored.identity())) {
            return node.read();
        }
    }

    /** {@return the future that reports that {@code record} has been written, because others may become links to it} */
    public CompletableFuture<RestoreFile.Restored> written(FileRecord record) {
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
                    waiting.size() + " files wait for names that have not arrived: hard links of further files, "
                            + "from " + pathname
                            + " on, are restored as files of their own; give the plugin more memory "
                            + "with KLOSET_JAVA_OPTS=-Xmx512m in the environment");
        }
    }

    /** Reports that the new name is taken by something that stays, or that its directory cannot be entered. */
    private static final class ObstacleException extends IOException {
        private static final long serialVersionUID = 1;

        private ObstacleException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Link the open file, not its name: on some FUSE file systems each name of a file has a number of its own. */
    private void link(String existing, String pathname, FileIdentity identity) throws IOException {
        String name = RestorePath.name(pathname);
        try (RestoreDirectory from = tree.find(RestorePath.parent(existing));
                RestoreNode first = hold(from, existing, identity);
                RestoreDirectory to = enter(RestorePath.parent(pathname))) {
            try {
                to.link(first, name);
            } catch (FileAlreadyExistsException e) {
                replace(to, first, name);
            }
            made.add(Files.readAttributes(to.at(name), FileIdentity.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
        }
    }

    private static RestoreNode hold(RestoreDirectory directory, String pathname, FileIdentity identity)
            throws IOException {
        RestoreNode node = directory.hold(RestorePath.name(pathname));
        try {
            if (!node.identity().equals(identity)) {
                throw new IOException("it is no longer the file that was restored");
            }
            return node;
        } catch (IOException e) {
            try (node) {
                throw e;
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

    private void replace(RestoreDirectory directory, RestoreNode first, String name) throws IOException {
        String temporary = temporaries.next();
        directory.link(first, temporary);
        try {
            made.replace(directory, temporary, name);
        } catch (DirectoryRemoval.UnfinishedException e) {
            throw e;
        } catch (IOException e) {
            throw new ObstacleException(e);
        } finally {
            // POSIX requires that a rename between two names of one file does nothing.
            Files.deleteIfExists(directory.at(temporary));
        }
    }

    /** Get the logger only for a message: the first logger of a process loads much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreLinks.class.getName());
    }
}
