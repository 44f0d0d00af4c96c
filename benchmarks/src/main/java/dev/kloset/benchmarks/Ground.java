package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things are: the image of {@code files}, the programs of the Go SDK if they could be built, room for data.
 *
 * @param image as the packaging made it, or as Plakar installed it
 * @param programs the directory of the Go programs; it may be missing
 * @param directory for data of this run
 * @param home the home directory of Plakar; it may be missing
 */
record Ground(Path image, Path programs, Path directory, Path home) {

    Contestant files() {
        return new Contestant("files", image.resolve("kloset-files"), List.of(), "files");
    }

    Optional<Contestant> goImporter() {
        return program("gofs-importer");
    }

    Optional<Contestant> goExporter() {
        return program("gofs-exporter");
    }

    Optional<Contestant> goStore() {
        return program("gofs-storage");
    }

    Optional<GoHost> goHost() {
        Path program = programs.resolve("godrive");
        return Files.isExecutable(program) ? Optional.of(new GoHost(program)) : Optional.empty();
    }

    /** {@return ours, and upstream's if there is one} */
    List<Contestant> contestants(Optional<Contestant> go) {
        return Stream.concat(Stream.of(files()), go.stream()).toList();
    }

    /** {@return the real Plakar, in whose home the plugins are installed, if it could be built} */
    Optional<Plakar> plakar() {
        Path program = programs.resolve("plakar");
        return Files.isExecutable(program) ? Optional.of(new Plakar(program, home)) : Optional.empty();
    }

    /** {@return those that Plakar knows, its own connector first} */
    List<Contestant> inPlakar() {
        return List.of(new Contestant("inside Plakar", programs.resolve("plakar"), List.of(), "fs"),
                new Contestant("files", image.resolve("kloset-files"), List.of(), "files"),
                new Contestant("Go SDK", programs.resolve("gofs-importer"), List.of(), "gofs"));
    }

    private Optional<Contestant> program(String name) {
        Path program = programs.resolve(name);
        return Files.isExecutable(program)
                ? Optional.of(new Contestant("Go SDK", program, List.of(), "fs"))
                : Optional.empty();
    }

    /** {@return the bytes of all files of the image} */
    long imageBytes() throws IOException {
        try (var files = Files.walk(image)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
