package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** From an empty directory to restored files, with a plugin that did not exist before and of which no line is edited. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class OwnPluginTest {

    private static final int FEW = 6;

    @TempDir
    private Path directory;

    @Test
    void theCommandsOfTheReadmeMakeInstallAndUseAPlugin() throws Exception {
        Path cwd = Files.createDirectory(directory.resolve("empty"));
        try (Plakar plakar = Plakar.below(directory)) {
            assertThat(Readme.commands("Your own plugin")).hasSizeBetween(1, FEW);
            for (String command : Readme.commands("Your own plugin")) {
                plakar.shell(cwd, command).orFail();
            }

            plakar.shell(cwd, "diff -r demo restored").orFail();
            assertThat(plakar.ok("pkg", "show").lines()).containsExactly("demo@v0.1.0");
            assertThat(cwd.resolve("demo/target/surefire-reports")).isDirectoryContaining("glob:**/TEST-*.xml");
            assertThat(cwd.resolve("restored/src/main/java/org/example/DemoImporter.java")).isRegularFile();

            NewProject.offline(plakar, directory, "all").build();
        }
    }

    @Test
    void anImporterAloneBacksUp() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            project.install();

            Repository repository = plakar.at(directory.resolve("repository").toString()).create();
            repository.backup("demo://" + project.sources()).restore(directory.resolve("restored").toString());

            project.isSameAs(directory.resolve("restored"));
        }
    }

    @Test
    void anExporterAloneRestores() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "exporter");
            project.install();

            Repository repository = plakar.at(directory.resolve("repository").toString()).create();
            Path restored = directory.resolve("restored");
            repository.backup(project.sources().toString()).restore("demo://" + restored);

            project.isSameAs(restored);
        }
    }

    @Test
    void aStoreAloneKeepsARepository() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "storage");
            project.install();

            Repository repository = plakar.at("demo://" + directory.resolve("repository")).create();
            Snapshot snapshot = repository.backup(project.sources().toString());
            snapshot.check();
            snapshot.restore(directory.resolve("restored").toString());

            project.isSameAs(directory.resolve("restored"));
        }
    }
}
