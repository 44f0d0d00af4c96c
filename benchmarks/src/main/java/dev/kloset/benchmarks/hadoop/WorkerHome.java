package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Plakar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A home of Plakar like that of another machine: it has the plugins and the stores of the first one, and knows nothing of their states. */
final class WorkerHome {

    private WorkerHome() {}

    /** {@return Plakar with a new home at {@code directory}} */
    static Plakar of(Plakar plakar, Path directory) throws IOException {
        Files.createDirectories(directory.resolve("cache/plakar"));
        for (String shared : new String[]{ "data", "cache/plakar/plugins" }) {
            Files.createSymbolicLink(directory.resolve(shared), plakar.home().resolve(shared));
        }
        copy(plakar.home().resolve("config"), directory.resolve("config"));
        return plakar.in(directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }
}
