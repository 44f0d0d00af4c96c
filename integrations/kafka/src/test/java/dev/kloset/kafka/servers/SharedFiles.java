package dev.kloset.kafka.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Files that the brokers of all tests of a module use, whatever JVM they run in. The first test that needs one makes it. */
final class SharedFiles {

    private static final Path DIRECTORY = Path.of("target", "broker").toAbsolutePath();

    private SharedFiles() {}

    /** Makes a file or a directory. */
    @FunctionalInterface
    interface Maker {

        /** {@return whether it is there now} */
        boolean make(Path path) throws IOException, InterruptedException;
    }

    /** {@return the file or directory with this name, unless it cannot be made} */
    static synchronized Optional<Path> get(String name, Maker maker) throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        try (FileChannel lock = FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            lock.lock(); // test classes run in several JVMs
            Path path = DIRECTORY.resolve(name);
            if (Files.exists(path)) {
                return Optional.of(path);
            }
            Path next = DIRECTORY.resolve(name + "." + ProcessHandle.current().pid());
            return maker.make(next) ? Optional.of(Files.move(next, path)) : Optional.empty();
        }
    }
}
