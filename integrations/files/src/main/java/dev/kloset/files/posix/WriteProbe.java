package dev.kloset.files.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds out whether files can be written in a directory, and leaves none there. */
public final class WriteProbe {

    private static final String PREFIX = ".kloset-probe-";
    private static final int BYTES = 4096;

    private WriteProbe() {}

    /** Write, sync and remove a file in {@code directory}, or in the nearest existing directory above it. */
    public static void below(Path directory) throws IOException {
        Path nearest = directory;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new NotDirectoryException(nearest.toString());
        }
        Path probe = create(nearest);
        try (FileChannel file = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            for (ByteBuffer bytes = ByteBuffer.allocate(BYTES); bytes.hasRemaining();) {
                file.write(bytes);
            }
            file.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static Path create(Path directory) throws IOException {
        try {
            return Files.createTempFile(directory, PREFIX, "");
        } catch (AccessDeniedException e) {
            // Name the directory, not a file that the user does not know.
            AccessDeniedException denied = new AccessDeniedException(directory.toString());
            denied.initCause(e);
            throw denied;
        }
    }

    /** Find out, without writing, whether the process may write in {@code directory}. */
    public static void withoutTouching(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
        if (Files.getFileStore(directory).getUsableSpace() == 0) {
            throw new IOException(directory + ": No space left on device");
        }
    }
}
