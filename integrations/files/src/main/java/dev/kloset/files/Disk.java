package dev.kloset.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What must survive a crash of the machine is brought to the disk through this. What is not looks just the same until the
 * machine crashes, so tests put another one in its place and look at what was forced when. For any number of threads.
 */
class Disk {

    static final Disk SYSTEM = new Disk();

    /** Bring what {@code channel} has of {@code path} to the disk, with its metadata. */
    void force(Path path, FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    void forceFileSystem(RestoreNative calls, int descriptor) throws IOException {
        calls.sync(descriptor);
    }

    /** Make the names in {@code directory} survive. */
    final void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(directory, channel);
        }
    }
}
