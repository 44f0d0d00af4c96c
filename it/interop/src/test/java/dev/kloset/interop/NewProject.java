package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project that the archetype has made, built without a network. */
record NewProject(Plakar plakar, Path directory) {

    /** {@return a new project} Maven goes without the network, as all that follows. */
    static NewProject generate(Plakar plakar, Path parent, String kind) throws IOException, InterruptedException {
        Path work = Files.createDirectories(parent.resolve("work"));
        String command = Readme.commands("Your own plugin").getFirst();
        plakar.shell(work, command.replace("mvn ", "mvn -o ").replace("-Dkind=all", "-Dkind=" + kind)).orFail();
        return new NewProject(plakar, work.resolve("demo"));
    }

    Outcome maven(String arguments) throws IOException, InterruptedException {
        return plakar.shell(directory, "mvn -B -o " + arguments);
    }

    /** Build and test, pack with the Java of this machine instead of one of its own, which is quicker, and install. */
    void install() throws IOException, InterruptedException {
        maven("-Dkloset.runtime=none verify kloset:package").orFail();
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
