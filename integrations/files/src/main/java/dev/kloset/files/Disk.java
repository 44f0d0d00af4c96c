package dev.kloset.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What must survive a crash of the machine is brought to the disk through this. What is not looks just the same until the
 * machine crashes, so tests put another one in its place and look at what was forced when. For any number of threads.
 */
class Disk {

    static final Disk SYSTEM = new Disk();

    /** What the C library says of EINVAL, ENOTSUP and ENOSYS; glibc and musl have different words. */
    private static final Set<String> NOT_SUPPORTED = Set.of("Invalid argument", "Operation not supported",
            "Not supported",
            "Function not implemented");

    private final AtomicBoolean said = new AtomicBoolean();

    /** Bring what {@code channel} has of {@code path} to the disk, with its metadata. */
    void force(Path path, FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    void forceFileSystem(RestoreNative calls, int descriptor) throws IOException {
        calls.sync(descriptor);
    }

    /**
     * Make the names in {@code directory} survive. Some network and FUSE file systems have no such call: what is in the directory is
     * there all the same, so that is said once and is no failure. Any other error is one.
     */
    final void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(directory, channel);
        } catch (IOException e) {
            if (!NOT_SUPPORTED.contains(String.valueOf(e.getMessage()))) {
                throw e;
            }
            if (!said.getAndSet(true)) {
                System.getLogger(Disk.class.getName())
                        .log(Level.WARNING,
                                "directories such as {0} cannot be synced on their file system ({1}): should the machine"
                                        + " crash, names that were made in the last seconds may be missing",
                                directory, e.getMessage());
            }
        }
    }
}
