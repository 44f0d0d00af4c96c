package dev.kloset.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.kloset.Plugin.Kind;
import dev.kloset.cli.catalog.PluginEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrillVersionsTest {

    @TempDir
    Path directory = Path.of("");

    private PluginEntry plugin(String name, String script) throws IOException {
        Path executable = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setAttribute(executable, "unix:mode", 0755);
        return new PluginEntry(name, Kind.IMPORTER, List.of(name), executable, List.of(), true, "bundled", directory);
    }

    @Test
    void aPluginSaysItsVersions() throws Exception {
        PluginEntry files = plugin("files", """
                [ "$*" = "about --json" ] || exit 1
                echo '{"name":"files","version":"v1.2.0","sdk":"0.3.0","java":"25.0.1+8","connectors":[]}'""");
        Map<String, String> versions = DrillVersions.of("v1.1.4", files, files);
        assertThat(versions).contains(entry("plakar", "v1.1.4"), entry("plugin", "files v1.2.0 (bundled)"),
                entry("sdk", "0.3.0"), entry("java", "25.0.1+8"));
        assertThat(versions.keySet()).containsExactly("plakar", "kloset", "plugin", "sdk", "java", "system");
    }

    @Test
    void aPluginThatDoesNotUnderstandTheQuestionHasNoVersion() throws Exception {
        PluginEntry other = plugin("other", "echo 'usage: other' >&2; exit 1");
        assertThat(DrillVersions.of("v1.1.4", other, other)).contains(entry("plugin", "other (bundled)"))
                .doesNotContainKeys("sdk", "java");
        PluginEntry talkative = plugin("talkative", "echo 'ready: ['");
        assertThat(DrillVersions.of("v1.1.4", talkative, talkative))
                .contains(entry("plugin", "talkative (bundled)"));
    }

    @Test
    void anotherPluginForTheRestoreIsNamedToo() throws Exception {
        PluginEntry from = plugin("from", "echo '{\"version\":\"v1\",\"sdk\":\"0.1.0\",\"java\":\"25\"}'");
        PluginEntry to = plugin("to", "echo '{\"version\":\"v2\",\"sdk\":\"0.2.0\",\"java\":\"26\"}'");
        assertThat(DrillVersions.of("v1.1.4", from, to)).contains(entry("plugin", "from v1 (bundled)"),
                entry("exporter", "to v2 (bundled)"), entry("exporter sdk", "0.2.0"), entry("exporter java", "26"));
    }
}
