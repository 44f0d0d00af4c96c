package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.it.ShelfProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user starts a plugin in a real terminal. */
class TerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    Path directory = Path.of("");

    @Test
    void aPluginExplainsItselfInATerminal() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "the program script makes the terminal");
        ShelfProcess plugin = new ShelfProcess(directory);

        Ended ended = plugin.inTerminal(SCRIPT);

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.text().replace("\r", "")).startsWith("This is a plugin for Plakar.")
                .contains("importer shelf://\n", "access_password        a secret, required: Its password",
                        "plakar pkg add FILE.ptar", "about [--json]", "doctor -o location=LOCATION")
                .doesNotContain("Exception", "does not understand");
    }

    @Test
    void anUnknownArgumentIsNotRepeated() throws Exception {
        Ended ended = new ShelfProcess(directory).run(Map.of(), List.of("access_password=" + ShelfProcess.PASSWORD));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.text())
                .startsWith("This plugin does not understand its argument.\nThis is a plugin for Plakar.")
                .doesNotContain(ShelfProcess.PASSWORD);
    }
}
