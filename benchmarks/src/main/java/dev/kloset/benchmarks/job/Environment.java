package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where everything is: the image of {@code files}, the programs of the Go SDK if they could be built, and space for data.
 *
 * @param image the image as the packaging made it, or as Plakar installed it
 * @param programs the directory of the Go programs; it may be missing
 * @param directory a directory for the data of this run
 * @param home the home directory of Plakar; it may be missing
 */
public record Environment(Path image, Path programs, Path directory, Path home) {

    public Candidate files() {
        return new Candidate("files", image.resolve("kloset-files"), List.of(), "files");
    }

    public Optional<Candidate> goImporter() {
        return program("gofs-importer");
    }

    public Optional<Candidate> goExporter() {
        return program("gofs-exporter");
    }

    public Optional<Candidate> goStore() {
        return program("gofs-storage");
    }

    public Optional<GoHost> goHost() {
        Path program = programs.resolve("godrive");
        return Files.isExecutable(program) ? Optional.of(new GoHost(program)) : Optional.empty();
    }

    /** {@return our plugin, and upstream's if there is one} */
    public List<Candidate> candidates(Optional<Candidate> go) {
        return Stream.concat(Stream.of(files()), go.stream()).toList();
    }

    /** {@return the real Plakar, with the plugins installed in its home directory, if it could be built} */
    public Optional<Plakar> plakar() {
        Path program = programs.resolve("plakar");
        return Files.isExecutable(program) ? Optional.of(new Plakar(program, home)) : Optional.empty();
    }

    /** {@return the candidates that Plakar knows, its own connector first} */
    public List<Candidate> inPlakar() {
        return List.of(new Candidate("inside Plakar", programs.resolve("plakar"), List.of(), "fs"),
                new Candidate("files", image.resolve("kloset-files"), List.of(), "files"),
                new Candidate("Go SDK", programs.resolve("gofs-importer"), List.of(), "gofs"));
    }

    /** {@return another of our plugins as Plakar has installed it, if it has} */
    public Optional<Candidate> installed(String name, String protocol) throws IOException {
        Path plugins = home.resolve("cache/plakar/plugins");
        if (!Files.isDirectory(plugins)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.find(plugins, 3, (path, _) -> path.endsWith("kloset-" + name))) {
            return all.findAny().map(program -> new Candidate(name, program, List.of(), protocol));
        }
    }

    private Optional<Candidate> program(String name) {
        Path program = programs.resolve(name);
        return Files.isExecutable(program)
                ? Optional.of(new Candidate("Go SDK", program, List.of(), "fs"))
                : Optional.empty();
    }

    /** {@return another plugin of ours, as Plakar installed it beside {@code files}} */
    public Optional<Candidate> installed(String plugin) throws IOException {
        try (var images = Files.newDirectoryStream(image.resolveSibling("."), plugin + "*")) {
            for (Path found : images) {
                return Optional.of(new Candidate(plugin, found.resolve("kloset-" + plugin), List.of(), plugin));
            }
        }
        return Optional.empty();
    }

    /** {@return the total size of all files in the image} */
    public long imageBytes() throws IOException {
        return Trees.bytes(image);
    }
}
