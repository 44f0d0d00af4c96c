package dev.kloset.sdk.internal.temporary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which this process and all libraries in it make their temporary files. Libraries that unpack native code ask the
 * JVM to delete it at the end. But hosts end plugins with SIGKILL, and the files would stay for ever. So each process has a
 * directory of its own, in one that its user's plugins share. It keeps a lock in it, and deletes those whose lock is free.
 */
public final class TemporaryDirectory implements AutoCloseable {

    /** The launcher names the directory in this property, and in {@link #USED}, which counts only from the JVM's start. */
    private static final String OWN = "kloset.temporary";

    private static final String USED = "java.io.tmpdir";
    static final String LOCK = ".lock";
    private static final String USER = "unix:uid";

    private final Path path;
    private final FileChannel lock;

    private TemporaryDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Take the directory that the launcher has made, and delete those of dead processes on a thread that ends by itself.
     *
     * @return null where the launcher has made none, or the user wants another
     * @throws SecurityException if another user could change what is in it
     */
    public static @Nullable TemporaryDirectory claim() {
        String made = System.getProperty(OWN);
        if (made == null || !made.equals(System.getProperty(USED))) {
            return null;
        }
        Path path = Path.of(made);
        try {
            requireOwn(path);
            FileChannel lock = lock(path);
            DeadDirectories.deleteBeside(path);
            return new TemporaryDirectory(path, lock);
        } catch (IOException e) {
            return null; // Without a lock it is usable, and stays a day longer.
        }
    }

    private static void requireOwn(Path path) throws IOException {
        Path shared = Objects.requireNonNull(path.getParent());
        Object user = Files.getAttribute(path, USER, LinkOption.NOFOLLOW_LINKS);
        if (!user.equals(Files.getAttribute(shared, USER, LinkOption.NOFOLLOW_LINKS))) {
            throw new SecurityException(shared + " belongs to another user: set TMPDIR to a directory that is yours");
        }
    }

    /** Another process sees the lock only when it is held. */
    private static FileChannel lock(Path path) throws IOException {
        Path unseen = path.resolve(LOCK + ".new");
        FileChannel lock = FileChannel.open(unseen, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        lock.lock();
        Files.move(unseen, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return lock;
    }

    /** Delete the directory with all that is in it. What cannot be deleted stays for the next process. */
    @Override
    public void close() {
        try {
            FileTree.delete(path);
            lock.close();
        } catch (IOException e) {
            // The end of the process frees the lock.
        }
    }
}
