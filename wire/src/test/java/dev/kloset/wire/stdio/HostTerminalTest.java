package dev.kloset.wire.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.stdio.HostTerminal.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How progress can be shown, decided from directories like those below {@code /proc}. */
class HostTerminalTest {

    @TempDir
    Path directory = Path.of("");

    private Path process(String name, String descriptor, String target, String... words) throws IOException {
        Path process = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(process.resolve("fd"));
        Files.createSymbolicLink(process.resolve("fd").resolve(descriptor), Path.of(target));
        Files.writeString(process.resolve("cmdline"), String.join("\0", words) + "\0");
        return process;
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/1, /dev/pts/1, plakar backup, BELOW_PICTURE",
        "/dev/tty1, /dev/tty1, plakar backup, BELOW_PICTURE",
        "/dev/pts/1, /home/me/log, plakar backup, LINES",
        "/dev/pts/1, pipe:[17], plakar backup, LINES",
        "/dev/pts/1, /dev/pts/1, plakar -stdio backup, LINES",
        "/dev/pts/1, /dev/pts/1, plakar -trace=all backup, LINES",
        "/dev/pts/1, /dev/pts/1, plakar -trace all backup, LINES",
        "/dev/pts/1, /dev/pts/1, plakar -quiet backup, NONE",
        "/dev/pts/1, /home/me/log, plakar --silent backup, NONE",
        "pipe:[17], /dev/pts/1, plakar backup, NONE",
        "/dev/null, /dev/null, plakar backup, NONE" })
    void theTwoStreamsAndTheHostsOptionsDecide(String errors, String output, String command, Manner manner)
            throws IOException {
        Path plugin = process("plugin", "2", errors, "java");
        Path host = process("host", "1", output, command.split(" "));
        assertThat(HostTerminal.manner(plugin, host)).isEqualTo(manner);
    }

    @Test
    void whereNothingIsKnownNothingIsShown() {
        assertThat(HostTerminal.manner(directory.resolve("none"), directory.resolve("neither"))).isEqualTo(Manner.NONE);
    }
}
