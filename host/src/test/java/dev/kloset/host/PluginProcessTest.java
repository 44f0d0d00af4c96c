package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Programs that are not proper plugins: each must end soon, with one sentence, and leave no process. */
@Execution(ExecutionMode.CONCURRENT)
class PluginProcessTest {

    @TempDir
    private Path dir;

    private final List<String> stderr = Collections.synchronizedList(new ArrayList<>());

    private PluginCommand script(String body) throws IOException {
        Path file = Files.writeString(dir.resolve("plugin"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return PluginCommand.builder(file)
                .name("bad")
                .stderr(stderr::add)
                .initTimeout(Duration.ofSeconds(2))
                .closeTimeout(Duration.ofMillis(500))
                .build();
    }

    private static void assertFails(PluginCommand command, String... words) {
        assertThatThrownBy(() -> PluginProcess.start(command)).isInstanceOf(PluginException.class)
                .message()
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void aMissingProgramIsNamed() {
        assertFails(PluginCommand.builder(dir.resolve("nothing")).build(), "cannot start the plugin nothing",
                "No such file");
    }

    @Test
    void aProgramThatEndsImmediatelyIsReportedWithItsStatusAndItsLastLine() throws Exception {
        assertFails(script("exit 0"), "plugin bad ended with exit status 0 and said nothing");
        assertFails(script("echo 'the licence has expired' >&2; exit 3"),
                "plugin bad ended with exit status 3 and said: the licence has expired");
        assertThat(stderr).containsExactly("the licence has expired");
    }

    @Test
    void aProgramThatPrintsIsQuoted() throws Exception {
        assertFails(script("echo 'Welcome to my plugin'; exec sleep 30"), "plugin bad", "Welcome to my plugin");
    }

    @Test
    void theHostDoesNotWaitForeverForASilentProgram() throws Exception {
        assertFails(script("exec sleep 30"), "plugin bad", "2 s");
    }

    @Test
    void aProgramThatIgnoresEveryRequestIsKilledWithItsChildren() throws Exception {
        Path pids = dir.resolve("pids");
        PluginCommand stubborn = script("trap '' TERM; sleep 300 & echo $$ $! > " + pids + "; wait; wait; sleep 300");
        assertFails(stubborn, "plugin bad");
        for (String pid : Files.readString(pids).trim().split(" ", -1)) {
            // A killed process is not yet gone; the handle's future ends when it is.
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(handle -> handle.onExit().join());
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    /** The plugin begins properly, with empty SETTINGS; then it neither reads nor ends while we are in the middle of a write. */
    @Test
    void aPluginThatStopsReadingIsKilledNevertheless() throws Exception {
        PluginProcess plugin = PluginProcess.start(
                script("trap '' TERM; printf '\\000\\000\\000\\004\\000\\000\\000\\000\\000'; exec sleep 300"));
        ProcessHandle process = ProcessHandle.of(plugin.pid()).orElseThrow();
        ConnectorContext large = ConnectorContext.of("bad",
                ConnectorConfig.of(Map.of("location", "bad://x", "key", "x".repeat(1_000_000))),
                Options.builder().build());
        assertThatThrownBy(() -> plugin.importer(large)).isInstanceOf(PluginException.class)
                .hasMessageContaining("did not answer within 2 s");
        plugin.close();
        process.onExit().join();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aFloodWithoutLineEndsIsPassedOnInPieces() throws Exception {
        assertFails(script("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1"), "exit status 1");
        assertThat(stderr).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(8192));
        assertThat(stderr.stream().mapToInt(String::length).sum()).isEqualTo(100_000);
    }
}
