package dev.kloset.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Where launchers keep the start-up caches that they make for a user. They make them in processes that the test does not know.
 */
record UserCache(Path directory) {

    static final long POLL_NANOS = 20_000_000;

    /** Below the directory that {@code XDG_CACHE_HOME} names. */
    static UserCache below(Path base) {
        return new UserCache(base.resolve("kloset/start"));
    }

    /** {@return the directory of the only cache, once it is made} */
    Path awaitEntry() throws IOException {
        while (true) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> all = Files.find(directory, 2,
                        (path, _) -> Files.exists(path.resolve("plugin.aot")))) {
                    List<Path> found = all.filter(path -> !path.toString().contains(".new.")).toList();
                    if (!found.isEmpty() && !Files.exists(Path.of(found.getFirst() + ".lock"))) {
                        return found.getFirst();
                    }
                } catch (UncheckedIOException e) {
                    // A lock, or what it protects, vanished meanwhile: look again.
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** {@return the number of entries, including the directories that hold them} */
    long entries() throws IOException {
        try (Stream<Path> all = Files.walk(directory, 2)) {
            return all.count();
        } catch (UncheckedIOException e) {
            return 0; // one vanished meanwhile
        }
    }
}
