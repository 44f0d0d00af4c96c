package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The locations of the programs under test. */
final class Programs {

    private Programs() {}

    /** {@return a program that {@code it/interop/run} built} */
    static Path built(String name) {
        Path program = directoryOfBuilt().resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is missing: start the suite with it/interop/run");
        }
        return program;
    }

    /** {@return the directory of all those programs} */
    static Path directoryOfBuilt() {
        return directory("interop.work").resolve("bin");
    }

    /** {@return the files integration in the form that {@code plakar pkg create} requires: manifest, launcher and jars} */
    static Path filesImage() {
        String other = System.getProperty("interop.image");
        return other == null ? root().resolve("integrations/files/target/image") : Path.of(other);
    }

    /** {@return {@code copy}, a complete image of the files integration that the test may change} */
    static Path copyOfFilesImage(Path copy) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("cp", "-a", filesImage().toString(), copy.toString()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("cannot copy " + filesImage() + " to " + copy);
        }
        return copy;
    }

    /** {@return Maven's local repository, where this build has installed its modules} */
    static Path mavenRepository() {
        return directory("interop.work").resolve("repository");
    }

    static Path root() {
        return directory("interop.root");
    }

    /** {@return the Java for plugins: the one that runs the tests} */
    static Path javaHome() {
        return directory("java.home");
    }

    private static Path directory(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
