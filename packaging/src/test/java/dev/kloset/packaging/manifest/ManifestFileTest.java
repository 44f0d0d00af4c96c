package dev.kloset.packaging.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.manifest.PluginDescription.Connector;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest that its author wrote: each mistake is a sentence with the line and the remedy. */
class ManifestFileTest {

    private static final PluginDescription ABOUT = new PluginDescription("demo", "1.0.0", "1", "v1.1.0",
            List.of(new Connector("importer", "demo", List.of("localfs"), "")));
    private static final String GOOD = """
            name: demo
            api_version: v1.1.0
            connectors:
              - type: importer
                protocols: [demo]
                location_flags: [localfs]
                executable: demo
                args: [importer]
            """;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("manifest.yaml");
    }

    private List<String> check(String text) throws PackagingException, IOException {
        Files.writeString(file(), text);
        ManifestFile written = ManifestFile.read(file());
        List<String> warnings = ManifestRules.check(written.manifest(), Optional.of(directory), written::place);
        written.compare(ABOUT, "demo", "org.example.Demo");
        return warnings;
    }

    private void refused(String from, String to, int line, String... words) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> check(GOOD.replace(from, to))).isInstanceOf(PackagingException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(file() + ":" + line + ": ");
    }

    @Test
    void aCorrectManifestIsAccepted() throws Exception {
        assertThat(check(GOOD)).isEmpty();
    }

    @Test
    void aProtocolWithAnUnderscoreIsRefused() {
        refused("[demo]", "[my_demo]", 5, "would never find the protocol \"my_demo\"", "no \"_\"");
    }

    @Test
    void aProtocolOfPlakarItselfIsRefused() {
        refused("[demo]", "[tgz]", 5, "Plakar has its own importer for \"tgz\"", "choose a different protocol");
    }

    @Test
    void anUnknownFlagIsRefused() {
        refused("[localfs]", "[local]", 6, "unknown flag \"local\"", "it knows localfs, file");
    }

    @Test
    void aFlagThatReleasedHostsDoNotKnowIsRefused() {
        refused("[localfs]", "[exportxattr]", 6, "Plakar v1.1 refuses the whole package",
                "which only later versions read",
                "leave it out");
    }

    @Test
    void keysThatTheHostIgnoresAreRefusedWithTheRightOne() {
        refused("location_flags:", "flags:", 6, "ignores the key \"flags\"", "write location_flags");
        refused("api_version: v1.1.0", "version: 1.0.0", 2, "ignores the key \"version\"", "comes from the build");
        refused("args: [importer]", "extra_file: [a]", 8, "ignores the key \"extra_file\"", "write extra_files");
    }

    @Test
    void theWrongTypeFromTheManualIsRefused() {
        refused("type: importer", "type: store", 4, "ignores connectors of the type \"store\"", "write storage");
    }

    @Test
    void aMissingFileIsRefused() {
        refused("args: [importer]", "extra_files: [schema.json]", 8, "the file " + directory.resolve("schema.json"),
                "does not exist", "create it");
    }

    @Test
    void filesOutsideTheDirectoryAndDirectoriesAreRefused() throws Exception {
        Files.createDirectory(directory.resolve("more"));
        refused("args: [importer]", "extra_files: [../secret]", 8, "outside the package");
        refused("args: [importer]", "extra_files: [more]", 8, "is a directory", "list its files");
    }

    @Test
    void aValidatorThatIsNotAnObjectIsRefused() throws Exception {
        Files.writeString(directory.resolve("schema.json"), "[1, 2]");
        refused("args: [importer]", "validator: schema.json", 8, "is not a JSON object");
    }

    @Test
    void unknownCatalogueWordsCauseAWarning() throws Exception {
        String more = "args: [importer]\n    class: files\n    subclass: nfs\n";

        assertThat(check(GOOD.replace("args: [importer]\n", more))).satisfiesExactly(
                warning -> assertThat(warning)
                        .startsWith(file() + ":9: Plakar v1.1.4 does not know the class \"files\"")
                        .contains("takes the package all the same", "it knows unknown, ", "file-storage"),
                warning -> assertThat(warning).startsWith(file() + ":10: ")
                        .contains("the subclass \"nfs\"", "it knows unknown, azblob, "));
    }

    @ParameterizedTest
    @ValueSource(strings = { "nfs", "smb", "secret-manager" })
    void theSubclassesOfPublishedManifestsAreAccepted(String subclass) throws Exception {
        assertThat(check(GOOD + "    subclass: " + subclass + "\n")).singleElement()
                .asString()
                .contains("\"" + subclass + "\"");
    }

    @Test
    void unusableWordsAreRefused() {
        refused("name: demo", "name: my_demo", 1, "installs no package that is called \"my_demo\"");
        refused("executable: demo", "executable: ../demo", 7, "cannot be the launcher");
        refused("args: [importer]", "args: [run]", 8, "understands no arguments [run]");
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        assertThatThrownBy(() -> check(GOOD.replace("[demo]", "[d_1]").replace("[localfs]", "[x]")))
                .hasMessageContainingAll("manifest.yaml:5: ", "manifest.yaml:6: ");
    }

    @Test
    void aManifestThatDisagreesWithTheCodeIsRefusedWithADiff() {
        assertThatThrownBy(() -> check(GOOD.replace("[demo]", "[demon]")))
                .hasMessage(file() + " and the code disagree (- the manifest, + the code):\n"
                        + "  - importer demon:// [localfs]    (" + file() + ":5)\n"
                        + "  + importer demo:// [localfs]    (in org.example.Demo)\n"
                        + "correct the one that is wrong, or delete the manifest and have it generated");
    }

    @Test
    void aNameThatDiffersFromTheCodeIsRefusedWithItsLine() {
        assertThatThrownBy(() -> check(GOOD.replace("name: demo", "name: other")))
                .hasMessageContainingAll("  - name: other    (" + file() + ":1)",
                        "  + name: demo    (in org.example.Demo)", "correct the one that is wrong");
    }

    @Test
    void aNameFromTheBuildTakesPrecedence() throws Exception {
        Files.writeString(file(), GOOD.replace("name: demo", "name: wished"));
        ManifestFile written = ManifestFile.read(file());

        written.compare(ABOUT, "wished", "org.example.Demo");

        assertThatThrownBy(() -> written.compare(ABOUT, "other", "org.example.Demo"))
                .hasMessageContaining("  + name: other    (of the build)");
    }

    @Test
    void aFileThatIsNotAManifestIsRefused() {
        assertThatThrownBy(() -> check("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> check("- a")).hasMessageContaining(":1: keys and values are required here");
        assertThatThrownBy(() -> check("a: [")).hasMessageContaining("cannot read " + file());
        assertThat(directory).isNotEmptyDirectory();
    }
}
