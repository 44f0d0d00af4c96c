package dev.kloset.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program {@code plakar}. */
record Plakar(Path program) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static Plakar of(Arguments arguments) throws UsageException, PackagingException {
        String named = arguments.optional("plakar").orElse("plakar");
        if (named.contains(File.separator)) {
            return new Plakar(executable(Path.of(named).toAbsolutePath().normalize()));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return new Plakar(Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, named))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst()
                .orElseThrow(
                        () -> new PackagingException("needs the program plakar and finds none on the PATH: install it "
                                + "(https://plakar.io), or name it (-Dkloset.plakar=FILE, <plakar>, --plakar)")));
    }

    private static Path executable(Path file) throws PackagingException {
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            throw new PackagingException(
                    file + " is named as the program plakar and is no executable file: correct the name");
        }
        return file;
    }

    /** Make a package in a home of its own: the user's settings and daemons have no part in it. */
    void create(Path manifest, String version, Path file, Platform platform)
            throws PackagingException, IOException, InterruptedException {
        Path directory = Files.createTempDirectory("kloset");
        try (PlakarHome home = PlakarHome.at(directory)) {
            home.prepare(this);
            command(List.of("pkg", "create", "-out", file.toString(), manifest.toString(), version), home)
                    .with(Map.of("GOOS", platform.os(), "GOARCH", platform.arch()))
                    .succeed("make the package " + file.getFileName(), PATIENCE);
        } finally {
            Directories.delete(directory);
        }
        if (!Files.exists(file)) {
            throw new PackagingException("plakar pkg create said nothing and made no " + file);
        }
    }

    Program command(List<String> arguments, PlakarHome home) {
        Stream<String> command = Stream.concat(Stream.of(program.toString()), arguments.stream());
        return new Program(command.toList()).with(home.environment());
    }
}
