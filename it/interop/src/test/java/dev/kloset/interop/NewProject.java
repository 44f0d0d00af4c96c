package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project made by the archetype.
 *
 * @param maven the command, with {@code -o} if it must work without a network
 */
record NewProject(Plakar plakar, Path directory, String maven) {

    /** Two Mavens that download into one repository disturb each other, so tests that start one take this lock. */
    static final String LOCAL_REPOSITORY = "Maven's local repository";

    static NewProject generate(Plakar plakar, Path parent, String kind) throws IOException, InterruptedException {
        return generate(plakar, parent, kind, "mvn");
    }

    /** {@return a new project} Uses only the local repository, which an earlier build of a project has filled. */
    static NewProject offline(Plakar plakar, Path parent, String kind) throws IOException, InterruptedException {
        return generate(plakar, parent, kind, "mvn -o");
    }

    private static NewProject generate(Plakar plakar, Path parent, String kind, String maven)
            throws IOException, InterruptedException {
        return generate(plakar, parent, maven, "demo", "-Dkind=" + kind);
    }

    /** {@return a new project with another name, and with {@code options} instead of the README's} */
    static NewProject named(Plakar plakar, Path parent, String artifact, String options)
            throws IOException, InterruptedException {
        return generate(plakar, parent, "mvn", artifact, options);
    }

    private static NewProject generate(Plakar plakar, Path parent, String maven, String artifact, String options)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(parent.resolve("work"));
        String command = Walkthrough.commands("Your own plugin")
                .getFirst()
                .replaceFirst("^mvn", maven)
                .replace("-DartifactId=demo", "-DartifactId=" + artifact)
                .replace("-Dkind=all", options);
        plakar.shell(work, command).orFail();
        return new NewProject(plakar, work.resolve(artifact), maven);
    }

    /** {@return the names in one of its directories} */
    List<String> names(String below) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    Outcome maven(String arguments) throws IOException, InterruptedException {
        return plakar.shell(directory, maven + " -B " + arguments);
    }

    /** Build and pack, with the Java of this machine instead of a bundled one, and with compiled but unused tests: both is quicker. */
    void build() throws IOException, InterruptedException {
        String said = maven("-Dkloset.runtime=none -DskipTests verify kloset:package").orFail().text();
        assertThat(said.lines().filter(line -> line.contains("[INFO] image of "))).as(said).hasSize(1);
    }

    void install() throws IOException, InterruptedException {
        build();
        plakar.shell(directory, "plakar pkg add target/" + directory.getFileName() + "_v0.1.0_*.ptar").orFail();
    }

    /** {@return a tree of files to back up} */
    Path sources() {
        return directory.resolve("src");
    }

    void isSameAs(Path restored) throws IOException, InterruptedException {
        plakar.shell(directory, "diff -r src " + restored).orFail();
    }
}
