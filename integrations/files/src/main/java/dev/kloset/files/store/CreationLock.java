package dev.kloset.files.store;

import dev.kloset.files.posix.StoreWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from making a repository in one directory at once. It is a system lock on a file there, so it ends with
 * its process. That makes it possible to distinguish what a dead process left from what another is about to make.
 *
 * <p>The file is removed once there is a CONFIG and the lock is no longer needed. After a failure it stays: otherwise one
 * process could wait for the lock on the removed file while another makes a new one.
 */
final class CreationLock implements AutoCloseable {

    static final String NAME = "tmp.kloset-create";

    private final Path file;
    private final FileChannel channel;
    private final boolean held;

    private CreationLock(Path file, FileChannel channel, boolean held) {
        this.file = file;
        this.channel = channel;
        this.held = held;
    }

    /**
     * {@return the lock of {@code root}} The caller closes it.
     *
     * @throws BusyException if another process or thread holds it
     */
    static CreationLock take(Path root) throws IOException {
        Path file = root.resolve(NAME);
        FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                StoreWriter.FILE_OF_OWNER);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                throw new BusyException(null);
            }
            return new CreationLock(file, channel, true);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new BusyException(e);
        } catch (BusyException e) {
            throw e;
        } catch (IOException e) {
            // Some network file systems have no locks. Then nothing can be concluded about existing files.
            return new CreationLock(file, channel, false);
        }
    }

    /** Reports that another process or thread is making a repository there. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        private BusyException(@Nullable Throwable cause) {
            super("another process is making one", cause);
        }
    }

    /** {@return whether no other process is at work here} False where the file system has no locks. */
    boolean isHeld() {
        return held;
    }

    /** Remove the file: there is a repository now. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
