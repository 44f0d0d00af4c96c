package dev.kloset.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with a few files to read, and room for more. It is gone after the training. */
final class TrainingDirectory implements AutoCloseable {

    private static final int LARGE = 300 * 1024; // more than one message

    private final Path path;

    private TrainingDirectory(Path path) {
        this.path = path;
    }

    static TrainingDirectory create() throws IOException {
        TrainingDirectory made = new TrainingDirectory(Files.createTempDirectory("kloset-train-"));
        Path source = Files.createDirectory(made.path.resolve("source"));
        Files.writeString(source.resolve("text"), "a small file\n");
        Files.write(source.resolve("large"), new byte[LARGE]);
        Files.createFile(source.resolve("empty"));
        Files.createDirectory(source.resolve("directory"));
        Files.writeString(source.resolve("directory/other"), "another small file\n");
        Files.createSymbolicLink(source.resolve("link"), Path.of("text"));
        return made;
    }

    Path path() {
        return path;
    }

    /** Remove everything that can be removed. */
    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
