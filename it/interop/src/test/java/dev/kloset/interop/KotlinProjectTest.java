package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A new project in Kotlin, which is the example in Kotlin under other names. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class KotlinProjectTest {

    private static final String SOURCES = "src/main/kotlin/org/example/";

    @TempDir
    private Path directory;

    @Test
    void aPluginInKotlinIsTestedPackedAndUsedForAllThatPlakarDoes() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.named(plakar, directory, "letter-box", "-Dkind=all -Dlanguage=kotlin");
            assertThat(project.directory().resolve(SOURCES + "LetterBoxImporter.kt")).content()
                    .contains("class LetterBoxImporter", "LetterBoxSource", "\"letter-box\"")
                    .doesNotContain("Demo", "demo");

            project.maven("test -Dtest=LetterBoxRoundTripTest -Dkloset.rounds=10").orFail();
            project.install();

            assertThat(project.directory().resolve("target/surefire-reports"))
                    .isDirectoryContaining("glob:**/TEST-*LetterBoxRoundTripTest*.xml");
            Repository repository = plakar.at("letter-box://" + directory.resolve("repository")).create();
            Snapshot snapshot = repository.backup("letter-box://" + project.sources());
            snapshot.check();
            snapshot.restore("letter-box://" + directory.resolve("restored"));
            project.isSameAs(directory.resolve("restored"));

            Outcome refused = plakar.shell(directory, "plakar at letter-box://" + directory.resolve("repository")
                    + " backup -o timeout=soon letter-box://" + project.sources());
            assertThat(refused.text()).contains("the setting \"timeout\" must be a duration such as 30s");
        }
    }

    /** The importer alone needs neither the other connectors nor their settings. Its settings are named to the Java compiler. */
    @Test
    void theBuildReportsSettingsThatTheJavaCompilerDoesNotKnow() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.named(plakar, directory, "demo", "-Dkind=importer -Dlanguage=kotlin");
            assertThat(project.names(SOURCES)).containsExactlyInAnyOrder("DemoImporter.kt", "DemoPlugin.kt",
                    "DemoSource.kt");
            project.maven("process-classes").orFail();

            edit(project.directory().resolve("pom.xml"), "<arg>org.example.DemoSource</arg>", "");
            Outcome outcome = project.maven("clean process-classes");

            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("cannot ask org.example.DemoPlugin what it offers",
                    "if it is written in Kotlin, also name it in the arguments of the Java compiler");
        }
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
