package dev.kloset.files.posix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that are complete after a crash of the machine, or do not exist: temporary file, sync, rename, sync of the
 * directory.
 *
 * <p>Syncs of one directory by several writers are not merged: the objects of a kind go to 256 directories, so that would
 * rarely save one. Safe for any number of threads.
 */
public final class StoreWriter {

    /** Small, since a host may store a thousand objects at once, and each write takes as much again outside the heap. */
    private static final int BUFFER_BYTES = 32 * 1024;
    public static final FileAttribute<?> FILE_OF_OWNER = permissions("rw-------");
    public static final FileAttribute<?> DIRECTORY_OF_OWNER = permissions("rwx------");

    private final Temporaries temporaries;
    private final Disk disk;

    public StoreWriter(Temporaries temporaries, Disk disk) {
        this.temporaries = temporaries;
        this.disk = disk;
    }

    /**
     * Write all of {@code data} to {@code directory/name}, replacing an existing file.
     *
     * @param staging an existing directory for the temporary file, on the same file system
     * @return the number of bytes written
     */
    public long publish(Path staging, Path directory, String name, InputStream data)
            throws IOException, InterruptedException {
        Path temporary = staging.resolve(temporaries.next());
        try {
            long bytes = write(temporary, data);
            move(temporary, directory, name);
            disk.forceDirectory(directory);
            return bytes;
        } catch (IOException | InterruptedException | RuntimeException e) {
            discard(temporary, e);
            if (e instanceof ClosedByInterruptException) {
                throw interruption(e);
            }
            throw e;
        }
    }

    private long write(Path temporary, InputStream data) throws IOException, InterruptedException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(temporary, options, FILE_OF_OWNER)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
            disk.force(temporary, file);
            return file.position();
        }
    }

    private void move(Path temporary, Path directory, String name) throws IOException {
        try {
            Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Tools that copy repositories often leave out empty directories, and an unused bucket is empty.
            makeDirectory(directory);
            Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Make {@code directory} unless it exists. Its entry in its parent is then durable, but the parent's own entry need not be. */
    public void makeDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, DIRECTORY_OF_OWNER);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            disk.forceDirectory(parent);
        }
    }

    private static void discard(Path temporary, Exception reason) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** {@return the exception for an interrupted thread} A channel reports an interrupt as an error of its own. */
    public static InterruptedException interruption(Throwable cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static FileAttribute<?> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
