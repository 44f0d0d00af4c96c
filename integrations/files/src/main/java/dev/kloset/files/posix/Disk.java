package dev.kloset.files.posix;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings data to the disk so that it survives a crash of the machine. Data that was not forced looks just the same until the
 * machine crashes, so tests replace this class and check what was forced when. Safe for any number of threads.
 */
public class Disk {

    public static final Disk SYSTEM = new Disk();

    private static final Set<Integer> NOT_SUPPORTED = Set.of(Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOSYS);

    private final AtomicBoolean said = new AtomicBoolean();

    /** Bring the data of {@code channel}, the file {@code path}, to the disk, with its metadata. */
    public void force(Path path, FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    public void forceFileSystem(RestoreNative calls, int descriptor) throws IOException {
        calls.sync(descriptor);
    }

    /**
     * {@return the number of the error with which syncing {@code directory} fails} Call it after a failure, because Java gives
     * only a text, which depends on the language and on the C library. 0 means that the sync succeeds now, which says nothing
     * about before.
     */
    public int errorOfSync(Path directory) throws IOException {
        RestoreNative calls = RestoreNative.instance();
        if (calls == null) {
            return 0;
        }
        // With the trailing dot, the directory may be a symbolic link.
        int descriptor = calls.openDirectoryForReading(RestoreNative.WORKING_DIRECTORY, directory + "/.");
        try {
            return calls.errorOfSync(descriptor);
        } finally {
            calls.close(descriptor);
        }
    }

    /**
     * Make the names in {@code directory} survive. Some network and FUSE file systems have no such call. Their directories have
     * their content nevertheless, so this is reported once and does not fail. Any other error fails.
     */
    public final void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(directory, channel);
        } catch (IOException e) {
            if (!NOT_SUPPORTED.contains(errorOfSync(directory))) {
                throw e;
            }
            if (!said.getAndSet(true)) {
                System.getLogger(Disk.class.getName())
                        .log(Level.WARNING,
                                "directories such as {0} cannot be synced on their file system ({1}): if the machine"
                                        + " crashes, names created in the last seconds may be missing",
                                directory, e.getMessage());
            }
        }
    }
}
