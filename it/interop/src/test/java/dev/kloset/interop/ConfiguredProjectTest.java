package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The settings of a new project are records, so its build needs the annotation processor, with modules and without. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class ConfiguredProjectTest {

    private static final String SOURCES = "src/main/java/";

    @TempDir
    private Path directory;

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void theBuildReportsAForgottenAnnotationProcessor() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            edit(project.directory().resolve("pom.xml"), "<artifactId>kloset-processor</artifactId>",
                    "<artifactId>kloset-api</artifactId>");

            Outcome outcome = project.maven("process-classes");

            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("cannot ask org.example.DemoPlugin what it offers",
                    "mark the record DemoSource with @Configuration and add kloset-processor to the compiler's annotation "
                            + "processors");
        }
    }

    @Test
    void aProjectThatIsAModuleIsBuiltTestedPackedAndUsed() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            Files.writeString(project.directory().resolve(SOURCES + "module-info.java"), """
                    module org.example.demo {
                        requires dev.kloset.sdk;
                        requires dev.kloset.resilience;
                    }
                    """);

            project.maven("verify kloset:package").orFail();

            plakar.shell(project.directory(), "plakar pkg add target/demo_v0.1.0_*.ptar").orFail();
            assertThat(project.directory().resolve("target/surefire-reports"))
                    .isDirectoryContaining("glob:**/TEST-*.xml");
            Repository repository = plakar.with("PATH", Files.createDirectory(directory.resolve("nothing")).toString())
                    .with("JAVA_HOME", "")
                    .at(directory.resolve("repository").toString())
                    .create();
            repository.backup("demo://" + project.sources()).check();
        }
    }
}
