package dev.kloset.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the programs under test are. */
final class Programs {

    private Programs() {}

    /** {@return a program that {@code it/interop/run} built} */
    static Path built(String name) {
        Path program = directory("interop.work").resolve("bin").resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is missing: start the suite with it/interop/run");
        }
        return program;
    }

    /** {@return the files integration as {@code plakar pkg create} wants it: manifest, launcher and jars} */
    static Path filesImage() {
        String other = System.getProperty("interop.image");
        return other == null ? root().resolve("integrations/files/target/image") : Path.of(other);
    }

    /** {@return Maven's local repository with what this build has installed} */
    static Path mavenRepository() {
        return directory("interop.work").resolve("repository");
    }

    static Path root() {
        return directory("interop.root");
    }

    /** {@return the Java that plugins run on: the one that runs the tests} */
    static Path javaHome() {
        return directory("java.home");
    }

    private static Path directory(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
