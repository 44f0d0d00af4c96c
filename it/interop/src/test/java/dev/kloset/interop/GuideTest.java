package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (Plakar plakar = Plakar.below(directory).patient(Duration.ofMinutes(30))) {
            new Newcomer(plakar, start).follow(Walkthrough.of("docs/guide.md"));
        }

        Path project = start.resolve("demo");
        assertThat(project.resolve("restored/main/java/org/example/ZipImporter.java"))
                .hasSameTextualContentAs(project.resolve("src/main/java/org/example/ZipImporter.java"));
        assertThat(project.resolve("target/surefire-reports")).isDirectoryContaining("glob:**/TEST-*ZipTest*.xml");
        assertThat(project.resolve("target/SHA256SUMS")).content().contains("demo_v1.0.1_");
    }
}
