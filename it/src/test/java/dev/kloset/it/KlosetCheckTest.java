package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kloset check} on the packaged files plugin, as an author or an administrator runs it. */
class KlosetCheckTest {

    private static final String PLUGIN = Path.of("../integrations/files/target/image/kloset-files")
            .toAbsolutePath()
            .normalize()
            .toString();

    @TempDir
    private Path directory = Path.of("");

    private KlosetCommand kloset = new KlosetCommand(directory);

    @BeforeEach
    void theCommandIsBuilt() {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
        kloset = new KlosetCommand(directory);
    }

    private Path source() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/mutable")).resolveSibling("");
        Files.writeString(source.resolve("file"), "content");
        Files.createFile(source.resolve("empty"));
        return source;
    }

    @Test
    void theImporterKeepsEveryClauseAndTheReportsSaySo() throws Exception {
        Path source = source();
        KlosetCommand.Run run = kloset.run("check", PLUGIN, "importer", "--kind", "importer", "-o",
                "location=files://" + source, "--mutable", source.resolve("mutable").toString(), "--html",
                "report.html",
                "--junit", "report.xml");
        assertThat(run.out()).contains("Importers", "All clauses kept").doesNotContain("BROKEN");
        assertThat(run.exitCode()).isZero();
        assertThat(directory.resolve("report.html")).content()
                .contains("<!doctype html>", "Keeps every clause", "I27")
                .doesNotContain("<script", "http://", "https://");
        assertThat(directory.resolve("report.xml")).content().contains("<testsuite", "failures=\"0\"", "name=\"I27 ");
        assertThat(source.resolve("mutable")).isEmptyDirectory();
    }

    @Test
    void theExporterKeepsEveryClause() throws Exception {
        KlosetCommand.Run run = kloset.run("check", PLUGIN, "exporter", "--kind", "exporter", "-o",
                "location=files://{temp}", "--json");
        assertThat(run.out()).contains("\"clause\":\"E07\"").doesNotContain("\"outcome\":\"broken\"");
        assertThat(run.out().lines().toList().getLast()).contains("\"kind\":\"exporter\"", "\"broken\":0");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aStoreInUseIsCheckedAndCleanedUp() throws Exception {
        Path repository = directory.resolve("repository");
        String[] command = { "check", PLUGIN, "storage", "--kind", "storage", "-o", "location=files://" + repository };
        KlosetCommand.Run run = kloset.run(command);
        assertThat(run.out()).contains("All clauses kept", "the configuration of the repository that was created");
        assertThat(run.exitCode()).isZero();
        assertThat(files(repository)).containsExactly("CONFIG");

        kloset.run(command)
                .assertSentence(3,
                        "cannot check " + PLUGIN + ": the location holds a repository already, and checks write "
                                + "and delete: name an empty one");
        assertThat(files(repository)).containsExactly("CONFIG");
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> directory.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void aBrokenClauseIsReportedWithTheExpectationAndTheObservation() throws Exception {
        KlosetCommand.Run run = kloset.run("check", "/bin/true", "--kind", "exporter", "-o", "location=x://{temp}");
        assertThat(run.out()).contains("BROKEN  T01", "expected  a SETTINGS frame",
                "seen      the process ended with exit status 0 and said nothing", "1 clause broken: T01");
        assertThat(run.exitCode()).isEqualTo(1);

        KlosetCommand.Run counted = kloset.run("check", "/bin/true", "--kind", "exporter", "-o", "location=x://{temp}",
                "--json");
        assertThat(counted.out().lines().toList().getLast()).contains("\"kept\":0", "\"broken\":1");

        KlosetCommand.Run waived = kloset.run("check", "/bin/true", "--kind", "exporter", "-o", "location=x://{temp}",
                "--waive", "T01=it is no plugin");
        assertThat(waived.out()).contains("WAIVED  T01", "because   it is no plugin");
        assertThat(waived.exitCode()).isZero();
    }

    @Test
    void aFailureToCheckIsOneSentence() throws Exception {
        kloset.run("check", "/no/such/plugin", "--kind", "importer", "-o", "location=x:///")
                .assertSentence(3, "cannot start the plugin /no/such/plugin: there is no file /no/such/plugin");
        kloset.run("check", PLUGIN, "importer", "--kind", "importer", "-o", "location=files:///nonexistent")
                .assertSentence(3, "cannot check " + PLUGIN
                        + ": the plugin refuses the settings it was given: no such file or directory: /nonexistent");
        kloset.run("check", PLUGIN, "exporter", "--kind", "exporter", "-o", "location=files:///tmp/{temp}")
                .assertSentence(3, "cannot check " + PLUGIN + ": {temp} stands for the whole path of a directory, so "
                        + "nothing can stand before it: name files://{temp}");
        kloset.run("check", PLUGIN, "--kind", "importer")
                .assertSentence(2, "a connector needs a location: -o location=PROTOCOL://PLACE");
        kloset.run("check", PLUGIN, "--kind", "importer", "-o", "location=x:///", "--waive", "Z99=because")
                .assertSentence(2, "there is no clause Z99 to waive; ids are like T01");
    }
}
