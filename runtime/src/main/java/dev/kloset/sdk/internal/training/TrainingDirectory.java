package dev.kloset.sdk.internal.training;

import dev.kloset.sdk.internal.temporary.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A directory with a few files to read, and room for more. It is gone after the training. */
final class TrainingDirectory implements AutoCloseable {

    private static final int LARGE = 300 * 1024; // more than one message
    private static final int SMALL = 20; // enough for some to be read ahead
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    private TrainingDirectory(Path path) {
        this.path = path;
    }

    static TrainingDirectory create() throws IOException {
        // Not Files.createTempDirectory, whose classes would be in the cache, and linked at every
        // start.
        Path path = Path.of(System.getProperty("java.io.tmpdir"),
                "kloset-train-" + System.nanoTime());
        TrainingDirectory made = new TrainingDirectory(Files.createDirectory(path, OWNER_ONLY));
        Path source = Files.createDirectory(made.path.resolve("source"));
        Files.writeString(source.resolve("text"), "a small file\n");
        Files.write(source.resolve("large"), new byte[LARGE]);
        Files.createFile(source.resolve("empty"));
        Files.createDirectory(source.resolve("directory"));
        for (int i = 0; i < SMALL; i++) {
            Files.writeString(source.resolve("directory/other" + i), "another small file\n");
        }
        Files.createSymbolicLink(source.resolve("link"), Path.of("text"));
        return made;
    }

    Path path() {
        return path;
    }

    /** Remove everything that can be removed. */
    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
