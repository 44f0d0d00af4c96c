package dev.kloset.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of a plugin's lines the user sees. */
class PluginLinesTest {

    private static final String LOCATION = "web://bob:q8w3kc@host/x";
    private static final String WARNING = "wordy (importer): warning: web importer: 3 owners of web://bob:***@host/x "
            + "are lost";
    private static final String AS_JSON = "wordy (importer): {\"time\":\"now\",\"level\":\"warning\",\"message\":\"x\"}";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void aPluginOfManyWords() throws IOException {
        Path script = Files.writeString(directory.resolve("wordy"), """
                #!/bin/sh
                {
                    echo "info: web importer: nothing of interest"
                    echo "warning: web importer: 3 owners of web://bob:q8w3kc@host/x are lost"
                    echo "warnings are like this: no"
                    echo '{"time":"now","level":"warning","message":"x"}'
                    echo '{"time":"now","level":"info","message":"y"}'
                    echo "stats: 1 record"
                    printf 'error: web importer: \\033[31mred\n'
                } >&2
                exit 1
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private CommandRun run(String command, String... more) {
        String[] args = new String[more.length + 4];
        args[0] = command;
        args[1] = "--plugin";
        args[2] = directory.resolve("wordy").toString();
        args[3] = LOCATION;
        System.arraycopy(more, 0, args, 4, more.length);
        return CommandRun.of(CommandRun.surroundings(directory), args);
    }

    @Test
    void warningsAndErrorsAreShownAndNothingElse() {
        for (CommandRun run : new CommandRun[]{ run("ls"), run("cat", "/f"), run("ping"), run("copy", LOCATION),
            run("store", "ls") }) {
            assertThat(run.out()).doesNotContain("warning");
        }
        assertThat(run("ls", "--json").out()).startsWith("{\"failure\":").hasLineCount(1).doesNotContain("q8w3kc");
        assertThat(run("ls").err().lines().toList()).hasSize(4)
                .startsWith(WARNING, AS_JSON)
                .element(2)
                .asString()
                .startsWith("wordy (importer): error: web importer: ")
                .endsWith("red")
                .doesNotContain("\u001b");
    }

    @Test
    void everyLineIsShownOnRequest() {
        assertThat(run("ls", "-v").err()).contains("nothing of interest", "are like this", "stats: 1 record", WARNING)
                .doesNotContain("q8w3kc");
        assertThat(run("ls", "--stats").err()).contains("(importer): stats: 1 record\n", WARNING)
                .doesNotContain("(importer): warnings are");
    }

    @Test
    void whereRemarksAreJsonObjectsWarningsAreToo() {
        CommandRun run = run("copy", LOCATION, "--json");
        assertThat(run.err().lines().toList()).contains(
                "{\"event\":\"log\",\"plugin\":\"wordy (importer)\",\"line\":\"warning: web importer: 3 owners of "
                        + "web://bob:***@host/x are lost\"}")
                .filteredOn(line -> !line.startsWith("{"))
                .isEmpty();
        assertThat(run.out()).startsWith("{\"source\"").hasLineCount(1);
    }
}
