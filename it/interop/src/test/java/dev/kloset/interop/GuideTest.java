package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A newcomer with an empty home directory, Maven, Plakar and the guide arrives at restored files and a package to publish. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class GuideTest {

    @TempDir
    private Path directory;

    @Test
    void followingTheGuideLeadsToARestoredFile() throws Exception {
        Path start = Files.createDirectory(directory.resolve("empty"));
        Path cwd = start;
        try (Plakar plakar = Plakar.below(directory).patient(Duration.ofMinutes(30))) {
            for (Guide.Step step : Guide.steps()) {
                switch (step) {
                    case Guide.Step.Write write -> write(cwd.resolve(write.file()), write.content());
                    case Guide.Step.Type type -> cwd = type(plakar, cwd, type);
                }
            }
        }

        Path project = start.resolve("demo");
        assertThat(project.resolve("restored/main/java/org/example/ZipImporter.java"))
                .hasSameTextualContentAs(project.resolve("src/main/java/org/example/ZipImporter.java"));
        assertThat(project.resolve("target/surefire-reports")).isDirectoryContaining("glob:**/TEST-*ZipTest*.xml");
        assertThat(project.resolve("target/SHA256SUMS")).content().contains("demo_v1.0.1_");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** {@return the newcomer's working directory afterwards} */
    private Path type(Plakar plakar, Path cwd, Guide.Step.Type type) throws IOException, InterruptedException {
        Path whereabouts = directory.resolve("whereabouts");
        Outcome outcome = plakar.shell(cwd, "set -e\n" + type.commands() + "pwd > " + whereabouts);
        if (type.answers().isEmpty()) {
            outcome.orFail();
        } else {
            // Some outputs show mistakes, about which Plakar complains; these are not failures of the newcomer.
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            assertThat(outcome.text()).contains(type.answers());
        }
        return Path.of(Files.readString(whereabouts).strip());
    }
}
