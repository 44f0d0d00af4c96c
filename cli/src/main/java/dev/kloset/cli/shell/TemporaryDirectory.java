package dev.kloset.cli.shell;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A directory that exists as long as a command needs it. Only this user can enter it. Closing deletes it with all it contains. */
public final class TemporaryDirectory implements AutoCloseable {

    private static final AtomicInteger OPEN = new AtomicInteger();

    private static final Set<PosixFilePermission> OPEN_TO_USER = PosixFilePermissions.fromString("rwx------");

    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** {@return a new directory in {@code TMPDIR} of the user, or where the system has its temporary files} */
    public static TemporaryDirectory create(Invocation invocation) throws IOException {
        String parent = invocation.environment().getOrDefault("TMPDIR", "");
        TemporaryDirectory directory = new TemporaryDirectory(parent.isEmpty()
                ? Files.createTempDirectory("kloset")
                : Files.createTempDirectory(Path.of(parent), "kloset"));
        OPEN.incrementAndGet();
        return directory;
    }

    /** {@return whether any directory still has to be deleted} An interrupted command gets the time for it. */
    static boolean isAnyOpen() {
        return OPEN.get() > 0;
    }

    public Path path() {
        return path;
    }

    /** Delete it, also after an interrupt. What a restore made read-only is no obstacle. */
    @Override
    public void close() throws IOException {
        try {
            Files.walkFileTree(path, new Opening());
            Files.walkFileTree(path, new Deletion());
        } finally {
            OPEN.decrementAndGet();
        }
    }

    /** Lets this user into every directory. Runs before a directory is listed. */
    private static final class Opening extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            view.setPermissions(OPEN_TO_USER);
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (!Files.isWritable(directory)) {
                Files.setPosixFilePermissions(directory, OPEN_TO_USER);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
