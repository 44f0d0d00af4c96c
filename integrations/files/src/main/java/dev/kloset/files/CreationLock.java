package dev.kloset.files;

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
 * Keeps two processes from making a repository in one directory at once. It is a lock of the system on a file there, so it ends with
 * its process, and what that process has left can be told from what another one is about to make.
 *
 * <p>The file is removed together with the need for it, when there is a CONFIG. After a failure it stays: if it were removed, one
 * process could wait for the lock on it while another one makes a new file.
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
     * @throws BusyException if another process or thread has it
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
            // Some network file systems know no locks. Then nothing can be said of what is found.
            return new CreationLock(file, channel, false);
        }
    }

    /** Another process or thread is making a repository there. */
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
