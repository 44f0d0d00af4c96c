package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The build fails if a hand-written manifest is wrong, and names the line and the remedy. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class ManifestMistakesTest {

    private static final String GOOD = """
            name: demo
            api_version: v1.1.0
            connectors:
              - type: importer
                protocols: [demo]
                executable: demo
                args: [importer]
            """;

    /** An edit of the manifest, and the message that the author then gets. */
    private record Mistake(String from, String to, int line, List<String> said) {
        String manifest() {
            assertThat(GOOD).contains(from);
            return GOOD.replace(from, to);
        }
    }

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("[demo]", "[demon]", 5, List.of("and the code disagree (- the manifest, + the code)",
                    "- importer demon://", "+ importer demo://", "in org.example.DemoPlugin",
                    "correct the one that is wrong, or delete the manifest")),
            new Mistake("name: demo", "name: other", 1, List.of("and the code disagree", "- name: other",
                    "+ name: demo", "correct the one that is wrong")),
            new Mistake("    executable", "    location_flags: [local]\n    executable", 6,
                    List.of("unknown flag \"local\"", "it knows localfs, file, stream, needack, nomerge")),
            new Mistake("[demo]", "[my_demo]", 5,
                    List.of("would never find the protocol \"my_demo\"", "use at least two characters", "no \"_\"")),
            new Mistake("args: [importer]", "extra_files: [schema.json]", 7,
                    List.of("schema.json does not exist", "create it, or remove \"schema.json\" here")));

    @TempDir
    private Path directory;

    @Test
    void aWrongManifestFailsTheBuildAndAnUnusualOneIsWarnedOfWithTheLineAndTheRemedy() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            Path manifest = project.directory().resolve("src/main/kloset/manifest.yaml");
            Files.createDirectories(manifest.getParent());
            assertThat(build(project, manifest, GOOD).orFail().exit()).isZero();

            Outcome unusual = build(project, manifest, GOOD + "    subclass: nfs\n").orFail();
            assertThat(unusual.text())
                    .contains("[WARNING] " + manifest + ":8: Plakar v1.1.4 does not know the subclass \"nfs\"");

            for (Mistake mistake : MISTAKES) {
                Outcome outcome = build(project, manifest, mistake.manifest());
                assertThat(outcome.exit()).as(outcome.toString()).isNotZero();
                assertThat(outcome.text()).contains("BUILD FAILURE", manifest + ":" + mistake.line())
                        .contains(mistake.said());
            }
        }
    }

    private static Outcome build(NewProject project, Path file, String manifest)
            throws IOException, InterruptedException {
        Files.writeString(file, manifest);
        return project.maven("process-classes");
    }
}
