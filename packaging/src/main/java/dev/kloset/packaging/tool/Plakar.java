package dev.kloset.packaging.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program {@code plakar}. */
public record Plakar(Path program) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    public static Plakar of(Arguments arguments) throws UsageException, PackagingException {
        return named(arguments.optional("plakar").orElse("plakar"), "-Dkloset.plakar=FILE, <plakar>, --plakar");
    }

    /**
     * {@return the program with this name on the PATH, or this file}
     *
     * @param how how the user can name another program, for the message
     */
    public static Plakar named(String named, String how) throws PackagingException {
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
                                + "(https://plakar.io), or name it (" + how + ")")));
    }

    private static Path executable(Path file) throws PackagingException {
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            throw new PackagingException(
                    file + " is named as the program plakar but is not an executable file: correct the name");
        }
        return file;
    }

    /** Make a package with a separate home, so that the user's settings and daemons have no influence. */
    public void create(Path manifest, String version, Path file, Platform platform)
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

    /** Make a package of {@code image} in {@code directory}, which becomes empty first, and install it. */
    public void install(Path image, String name, Path directory, PlakarHome home)
            throws PackagingException, IOException, InterruptedException {
        Platform here = Platform.here();
        Path file = Directories.fresh(directory)
                .resolve(name + "_v0.0.0_" + here.os() + "_" + here.arch() + ".ptar");
        command(List.of("pkg", "create", "-out", file.toString(), image.resolve("manifest.yaml").toString(), "v0.0.0"),
                home).succeed("make a package for the trial", PATIENCE);
        command(List.of("pkg", "add", file.toString()), home).succeed("install the package", PATIENCE);
    }

    public ExternalCommand command(List<String> arguments, PlakarHome home) {
        Stream<String> command = Stream.concat(Stream.of(program.toString()), arguments.stream());
        return new ExternalCommand(command.toList()).with(home.environment());
    }
}
