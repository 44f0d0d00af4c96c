package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A user who follows a document exactly and knows nothing else. */
final class Newcomer {

    // The suite comes after a build of everything: this has been typed.
    private static final Pattern BUILD = Pattern
            .compile("^mvn (verify|-pl \\S+ -am -Dmaven.test.skip package)\\b.*\\n", Pattern.MULTILINE);

    private final Plakar plakar;
    private final Path whereabouts;
    private Path cwd;

    /**
     * @param cwd where the newcomer is at first
     */
    Newcomer(Plakar plakar, Path cwd) {
        this.plakar = plakar;
        this.whereabouts = plakar.home().resolve("whereabouts");
        this.cwd = cwd;
    }

    /** Write every file, type every command, and look for the answers that the document promises. */
    void follow(List<Walkthrough.Step> steps) throws IOException, InterruptedException {
        for (Walkthrough.Step step : steps) {
            switch (step) {
                case Walkthrough.Step.Write write -> write(cwd.resolve(write.file()), write.content());
                case Walkthrough.Step.Type type -> type(type);
            }
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void type(Walkthrough.Step.Type type) throws IOException, InterruptedException {
        String commands = BUILD.matcher(type.commands()).replaceAll("");
        Outcome outcome = plakar.shell(cwd, "set -e\n" + commands + "pwd > " + whereabouts);
        if (type.answers().isEmpty()) {
            outcome.orFail();
        } else {
            // Some outputs show mistakes, about which Plakar complains; these are not failures of the newcomer.
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            assertThat(outcome.text()).contains(type.answers());
        }
        cwd = Path.of(Files.readString(whereabouts).strip());
    }
}
