package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** From an empty directory to restored files, with a new plugin of which no line is edited. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class OwnPluginTest {

    private static final int FEW = 6;

    @TempDir
    private Path directory;

    @Test
    void theCommandsOfTheReadmeMakeInstallAndUseAPlugin() throws Exception {
        Path cwd = Files.createDirectory(directory.resolve("empty"));
        try (Plakar plakar = Plakar.below(directory)) {
            assertThat(Walkthrough.commands("Your own plugin")).hasSizeBetween(1, FEW);
            for (String command : Walkthrough.commands("Your own plugin")) {
                plakar.shell(cwd, command).orFail();
            }

            plakar.shell(cwd, "diff -r demo restored").orFail();
            assertThat(plakar.ok("pkg", "show").lines()).containsExactly("demo@v0.1.0");
            assertThat(plakar.shell(cwd, plakar.installation() + "/demo --version").orFail().out())
                    .startsWith("demo v0.1.0 (SDK 0.");
            assertThat(cwd.resolve("demo/target/surefire-reports")).isDirectoryContaining("glob:**/TEST-*.xml");
            assertThat(cwd.resolve("restored/src/main/java/org/example/DemoImporter.java")).isRegularFile();

            NewProject.offline(plakar, directory, "all").build();
        }
    }

    @Test
    void classesAndProtocolAreNamedAfterTheArtifact() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.named(plakar, directory, "letter-box", "-Dkind=storage");
            Path root = project.directory();

            assertThat(root.resolve("README.md")).content()
                    .contains("# letter-box\n", "## Keep a repository\n", "letter-box:///srv")
                    .doesNotContain("## Back up", "$", "@");
            assertThat(root.resolve(".github/workflows/build.yml")).content()
                    .contains("java-version: '25'",
                            "git clone --depth 1 \"${{ vars.KLOSET_SDK }}\"", "- run: mvn -B verify");
            assertThat(root.resolve(".gitignore")).content().contains("target/\n");
            assertThat(project.names("src/main")).containsExactly("java");
            assertThat(project.names("src/main/java/org/example")).containsExactlyInAnyOrder(
                    "LetterBoxPlugin.java", "LetterBoxRepository.java", "LetterBoxStore.java");
            assertThat(project.names("src/test/java/org/example")).containsExactlyInAnyOrder(
                    "LetterBoxProcess.java", "LetterBoxStoreTest.java");
            project.maven("test-compile").orFail();
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
