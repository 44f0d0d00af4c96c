package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records a session of two processes at both ends, shows it, and replays it against the plugin. */
class RecordingTest {

    private static final Path PLUGIN = Path.of("..", "integrations", "files", "target", "image", "kloset-files")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path directory;

    @TempDir
    private Path anotherMachine;

    @BeforeEach
    void packaged() {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
    }

    private Path tree() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-of-nobody-else"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(tree.resolve("file" + i), "secret content " + i);
        }
        return tree;
    }

    private KlosetCommand.Run kloset(String... args) throws IOException, InterruptedException {
        return new KlosetCommand(directory).run(args);
    }

    /** {@return the host's recording of its session with the connector of this kind} */
    private Path record(String kind, String... args) throws IOException, InterruptedException {
        Path recordings = Files.createDirectories(directory.resolve("recordings"));
        new KlosetCommand(directory).with("KLOSET_RECORD", recordings.toString()).run(args);
        try (Stream<Path> files = Files.list(recordings)) {
            return files.filter(file -> file.getFileName().toString().startsWith("host-" + kind))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aSessionIsShownWithoutContentsAndWithoutTheLocation() throws Exception {
        Path tree = tree();
        Path recording = record("importer", "copy", "files://" + tree, "files://" + directory.resolve("copy"));
        try (Stream<Path> files = Files.list(recording.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("-[0-9]+", "")))
                    .containsExactlyInAnyOrder(
                            "host-importer.jsonl", "host-exporter.jsonl", "plugin-importer.jsonl",
                            "plugin-exporter.jsonl");
        }
        assertThat(recording).content().doesNotContain("secret content", "tree-of-nobody-else");
        KlosetCommand.Run shown = kloset("replay", recording.toString());
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).contains("> Init #1", "config.location=files:///*", "< Import #3", "finished=true",
                "status 0", "calls,");
        assertThat(kloset("replay", "--json", recording.toString()).out().lines()).allSatisfy(
                line -> assertThat(line).startsWith("{\"micros\":").endsWith("}"));
    }

    @Test
    void theSamePluginAnswersAsBeforeAndASmallerOneDoesNot() throws Exception {
        Path tree = tree();
        Path recording = record("importer", "copy", "files://" + tree, "files://" + directory.resolve("copy"));
        assertThat(compare(recording, tree)).returns(0, KlosetCommand.Run::exitCode)
                .satisfies(run -> assertThat(run.out()).startsWith("the same: "));
        Files.delete(tree.resolve("file7"));
        assertThat(compare(recording, tree)).returns(1, KlosetCommand.Run::exitCode)
                .satisfies(run -> assertThat(run.out()).startsWith("different: ")
                        .contains("/importer.Importer/Import",
                                "times a record"));
    }

    @Test
    void aRunThatFailedFailsTheSameWayOnAnotherMachine() throws Exception {
        Path missing = directory.resolve("missing");
        Path recording = record("importer", "ls", "files://" + missing);
        KlosetCommand.Run shown = kloset("replay", recording.toString());
        assertThat(shown.out()).contains("${location.").contains("no such file or directory");
        AnotherMachine machine = new AnotherMachine(anotherMachine);
        Path brought = machine.bring(recording);
        assertThat(machine.kloset(replay(brought, Path.of("/on/another/machine"))))
                .satisfies(run -> assertThat(run.out()).startsWith("the same: "))
                .returns(0, KlosetCommand.Run::exitCode);
        Path tree = Files.createDirectories(anotherMachine.resolve("tree"));
        assertThat(machine.kloset(replay(brought, tree))).returns(1, KlosetCommand.Run::exitCode)
                .satisfies(run -> assertThat(run.out()).contains("the recording has status ", "no such file"));
    }

    private static String[] replay(Path recording, Path location) {
        return new String[]{ "replay", recording.toString(), "--against", PLUGIN.toString(), "-o",
            "location=files://" + location };
    }

    private KlosetCommand.Run compare(Path recording, Path location) throws IOException, InterruptedException {
        return kloset(replay(recording, location));
    }

    /** A value that is also a word of the protocol must not change the protocol. */
    @ParameterizedTest
    @ValueSource(strings = { "store", "importer", "Init" })
    void aRepositoryThatIsCalledLikeAWordOfTheProtocolIsReplayed(String name) throws Exception {
        Path repository = directory.resolve(name);
        Path config = Files.writeString(directory.resolve("configuration"), "of a repository");
        Path recording = record("storage", "store", "create", "--config", config.toString(), "files://" + repository);
        assertThat(recording).content()
                .contains("\"method\":\"/store.Store/Init\"", "\"method\":\"/store.Store/Create\"")
                .doesNotContain("method\":\"/$", "Store/$", repository.getParent().toString());
        AnotherMachine machine = new AnotherMachine(anotherMachine);
        assertThat(machine.kloset(replay(machine.bring(recording), machine.temporary().resolve("elsewhere"))))
                .satisfies(run -> assertThat(run.out()).startsWith("the same: "))
                .returns(0, KlosetCommand.Run::exitCode);
        assertThat(machine.temporary().resolve("elsewhere/CONFIG")).exists();
    }

    @Test
    void aMissingSettingIsNamed() throws Exception {
        Path recording = record("importer", "ls", "files://" + tree());
        kloset("replay", recording.toString(), "--against", PLUGIN.toString()).assertSentence(3,
                "the recording has no values of settings: give one with -o location=VALUE");
    }

    @Test
    void aFileThatIsNotARecordingIsReportedAsSuch() throws Exception {
        Files.writeString(directory.resolve("x"), "{}\n");
        kloset("replay", "x").assertSentence(3,
                directory.resolve("x") + " is not a recording that this version can read");
    }
}
