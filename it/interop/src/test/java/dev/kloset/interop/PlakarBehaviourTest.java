package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plakar's own behaviour in corner cases on which our design relies. If a newer Plakar fails here, Plakar is not wrong; it is
 * time to review the design.
 */
class PlakarBehaviourTest {

    @TempDir
    Path directory;

    private Plakar scripted() throws Exception {
        Plakar plakar = Plakar.below(directory);
        plakar.install(
                PluginImage.importer(directory.resolve("scripted"), ScriptedPlugin.PROTOCOL, ScriptedPlugin.class));
        return plakar;
    }

    private Repository repository(Plakar plakar) throws Exception {
        return plakar.at("fs://" + directory.resolve("repository")).create();
    }

    /** Install an importer that is a shell script. */
    private void install(Plakar plakar, String name, String script) throws Exception {
        Path image = Files.createDirectories(directory.resolve(name));
        Files.writeString(image.resolve("run"), "#!/bin/sh\n" + script + "\n");
        Files.setAttribute(image.resolve("run"), "unix:mode", 0755);
        Files.writeString(image.resolve("manifest.yaml"), """
                name: %s
                connectors:
                  - type: importer
                    protocols: [%s]
                    executable: run
                """.formatted(name, name));
        plakar.install(image);
    }

    @Test
    void textOnStandardOutputIsReportedAsABrokenPreface() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            install(plakar, "chatty", "echo 'Welcome to this plugin, have a nice day'; exec cat > /dev/null");
            Outcome outcome = repository(plakar).run("backup", "chatty://x");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.text())
                    .contains("failed to create an importer for chatty://x: I/O error communicating with"
                            + " the integration (connection error: desc = \"error reading server preface: http2: frame too large");
        }
    }

    @Test
    void aPluginThatEndsAtOnceIsReportedWithoutItsExitStatus() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            install(plakar, "gone", "echo 'no configuration' >&2; exit 3");
            Outcome outcome = repository(plakar).run("backup", "gone://x");
            assertThat(outcome.exit()).isEqualTo(1);
            // Plakar may notice first that it cannot write its settings, cannot send them, or has nothing to read.
            assertThat(outcome.out())
                    .containsPattern("failed to create an importer for gone://x: I/O error communicating with"
                            + " the integration \\((connection error: desc = \".*(EOF|broken pipe)\"|write [^ ]*: broken pipe)\\)")
                    .doesNotContain("3)");
            assertThat(outcome.err()).as("the plugin's own words").contains("no configuration");
        }
    }

    @Test
    void plakarWaitsForAPluginThatClosedItsOutput() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            install(plakar, "mute", "exec 1>&-; sleep 2");
            Outcome outcome = repository(plakar).run("backup", "mute://x");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.took()).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    /** The contract leaves open whether the user sees the sentence or "EOF", because the SDK first waits for acknowledgements. */
    @ParameterizedTest
    @CsvSource({ "0,1", "1,1", "10,1", "1000,1", "1,16", "1000,16" })
    void theSentenceOfAFailedImportReachesTheUser(int files, int concurrency) throws Exception {
        try (Plakar plakar = scripted()) {
            Repository repository = repository(plakar);
            Outcome outcome = plakar.run("-concurrency", Integer.toString(concurrency), "at", repository.location(),
                    "backup",
                    "-o", "files=" + files, "-o", "then=fail", "scripted://x");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.text())
                    .contains("failed to backup source: rpc error: code = Unknown desc = the source went"
                            + " away after file " + files);
            assertThat(repository.snapshotIds()).isEmpty();
        }
    }

    @Test
    void aPluginThatDiesDuringTheImportFailsTheBackup() throws Exception {
        try (Plakar plakar = scripted()) {
            Repository repository = repository(plakar);
            Outcome outcome = repository.run("backup", "-o", "files=100", "-o", "then=die", "scripted://x");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.text()).contains("failed to backup source: ");
            assertThat(repository.snapshotIds()).isEmpty();
        }
    }

    @Test
    void anEmptyImportMakesASnapshot() throws Exception {
        try (Plakar plakar = scripted()) {
            Snapshot snapshot = repository(plakar).backup("scripted://x");
            assertThat(snapshot.count("Files")).isZero();
            snapshot.check();
        }
    }

    @Test
    void missingParentDirectoriesAreMadeUp() throws Exception {
        try (Plakar plakar = scripted()) {
            Snapshot snapshot = repository(plakar).backup("-o", "files=1", "-o", "below=/a/b/c", "scripted://x");
            assertThat(snapshot.entry(Path.of("/a/b"))).contains("Permissions: drwxr-x---",
                    "ModTime: 1970-01-01 00:00:00");
            assertThat(snapshot.content(Path.of("/a/b/c/file 0"))).isEqualTo("content of 0");
        }
    }

    @Test
    void aRootWithoutRecordsIsMadeUpAndTheRecordsElsewhereAreKept() throws Exception {
        try (Plakar plakar = scripted()) {
            Snapshot snapshot = repository(plakar).backup("-o", "files=1", "-o", "below=/elsewhere", "-o", "root=/here",
                    "scripted://x");
            assertThat(snapshot.fact("Directory")).isEqualTo("/here");
            assertThat(snapshot.list()).noneMatch(line -> line.contains("elsewhere"));
            assertThat(snapshot.content(Path.of("/elsewhere/file 0"))).isEqualTo("content of 0");
        }
    }

    /** If a plugin does not prune, the host's own rules decide. */
    @Test
    void theHostExcludesEverythingBelowAnExcludedDirectory() throws Exception {
        try (Plakar plakar = scripted()) {
            Snapshot snapshot = repository(plakar).backup("-ignore", "secret/", "-o", "files=1", "-o",
                    "below=/a/secret/deeper", "scripted://x");
            assertThat(snapshot.count("Files")).isZero();
        }
    }

    @Test
    void aFlagThatPlakarDoesNotKnowMakesThePackageUninstallable() throws Exception {
        Path image = directory.resolve("image");
        copyManifest(image, "location_flags: [localfs, exportxattr]");
        try (Plakar plakar = Plakar.below(directory)) {
            Outcome outcome = plakar.run("pkg", "add", plakar.pack(image).toString());
            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("exportxattr");
            assertThat(plakar.ok("pkg", "show").out()).isEmpty();
        }
    }

    private void copyManifest(Path image, String flags) throws IOException {
        PluginImage.importer(image, ScriptedPlugin.PROTOCOL, ScriptedPlugin.class);
        Path manifest = image.resolve("manifest.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("location_flags: [localfs]", flags));
    }

    /**
     * So a store plugin must be installed where the environment says, not where {@code -datadir} says. And if anything goes
     * wrong between the daemon and a store, the command does nothing and exits with 0.
     */
    @Test
    void theCacheDaemonIgnoresDatadirAndItsFailuresDoNotChangeTheExitStatus()
            throws Exception {
        String elsewhere = directory.resolve("elsewhere").toString();
        String location = "files://" + directory.resolve("store");
        try (Plakar plakar = Plakar.below(directory)) {
            String file = plakar.pack(Programs.filesImage()).toString();
            plakar.ok("-datadir", elsewhere, "pkg", "add", file);
            plakar.ok("-datadir", elsewhere, "at", location, "create", "-plaintext");

            Outcome outcome = plakar.run("-datadir", elsewhere, "at", location, "ls");

            assertThat(outcome.text()).contains("failed to open storage: backend 'files' does not exist");
            assertThat(outcome.exit()).isZero();
        }
    }

    @Test
    void onePluginProcessPerConnectorAndOneMoreToCountForTheProgressBar() throws Exception {
        Path source = directory.resolve("source");
        TreeMaker.in(source).sparse("long", 4L << 30);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            for (List<String> counting : List.of(List.of("importer", "importer"), List.of("importer"))) {
                String[] arguments = counting.size() == 2
                        ? new String[]{ "backup", "files://" + source }
                        : new String[]{ "backup", "-no-progress", "files://" + source };
                RunningCommand backup = repository.start(arguments);
                Await.until("the importers run", Plakar.PATIENCE, () -> kinds(plakar, "importer").equals(counting));
                backup.signal("KILL");
                backup.end(Duration.ofMinutes(1));
                plakar.watch().awaitNoneButCached(Duration.ofMinutes(1));
            }
        }
    }

    private static List<String> kinds(Plakar plakar, String kind) throws IOException {
        return plakar.watch()
                .plugins()
                .stream()
                .map(ProcessWatch.Found::commandLine)
                .filter(line -> line.endsWith(" " + kind))
                .map(line -> kind)
                .toList();
    }
}
