package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A project that the archetype has made.
 *
 * @param maven the command, with {@code -o} if it shall do without a network
 */
record NewProject(Plakar plakar, Path directory, String maven) {

    /** Two Mavens that download into one repository get in each other's way: tests that start one take this lock. */
    static final String LOCAL_REPOSITORY = "Maven's local repository";

    static NewProject generate(Plakar plakar, Path parent, String kind) throws IOException, InterruptedException {
        return generate(plakar, parent, kind, "mvn");
    }

    /** {@return a new project} Only what is in the local repository is used; something else has built a project before. */
    static NewProject offline(Plakar plakar, Path parent, String kind) throws IOException, InterruptedException {
        return generate(plakar, parent, kind, "mvn -o");
    }

    private static NewProject generate(Plakar plakar, Path parent, String kind, String maven)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(parent.resolve("work"));
        String command = Readme.commands("Your own plugin").getFirst();
        plakar.shell(work, command.replaceFirst("^mvn", maven).replace("-Dkind=all", "-Dkind=" + kind)).orFail();
        return new NewProject(plakar, work.resolve("demo"), maven);
    }

    Outcome maven(String arguments) throws IOException, InterruptedException {
        return plakar.shell(directory, maven + " -B " + arguments);
    }

    /** Build, test and pack, with the Java of this machine instead of one of its own, which is quicker. */
    void build() throws IOException, InterruptedException {
        maven("-Dkloset.runtime=none verify kloset:package").orFail();
    }

    void install() throws IOException, InterruptedException {
        build();
        plakar.shell(directory, "plakar pkg add target/demo_v0.1.0_*.ptar").orFail();
    }

    /** {@return the tree of files to back up} */
    Path sources() {
        return directory.resolve("src");
    }

    void isSameAs(Path restored) throws IOException, InterruptedException {
        plakar.shell(directory, "diff -r src " + restored).orFail();
    }
}
