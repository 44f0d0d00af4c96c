package dev.kloset.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Plugin.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

    @TempDir
    Path directory = Path.of("");

    private Path plugin(String place, String manifest) throws IOException {
        Path plugin = Files.createDirectories(directory.resolve(place));
        Files.writeString(plugin.resolve("manifest.yaml"), manifest);
        return plugin;
    }

    private static String manifest(String name, String protocol) {
        return """
                name: %s
                api_version: v1.1.0
                tags: [a, b]
                connectors:
                  - type: importer
                    executable: bin/run
                    protocols: [%s, other]
                    location_flags: [localfs]
                    args: [--importer, 7, true]
                  - type: storage
                    executable: run
                    protocols:
                      - %s
                  - type: secret_provider
                    executable: run
                """.formatted(name, protocol, protocol);
    }

    @Test
    void aManifestListsItsConnectors() throws Exception {
        Path plugin = plugin("p", manifest("mine", "my"));
        assertThat(Catalog.ofPlugin(plugin).entries()).containsExactly(
                new PluginEntry("mine", Kind.IMPORTER, List.of("my", "other"), plugin.resolve("bin/run"),
                        List.of("--importer", "7", "true"), true, plugin.toString(), plugin),
                new PluginEntry("mine", Kind.STORAGE, List.of("my"), plugin.resolve("run"), List.of(), false,
                        plugin.toString(), plugin));
    }

    @Test
    void bundledPluginsComeBeforeThoseOfPlakar() throws Exception {
        plugin("home/integrations/files/target/image", manifest("ours", "files"));
        plugin("cache/plakar/plugins/v1.1.0/s3_v1_linux_amd64", manifest("s3", "s3"));
        plugin("cache/plakar/plugins/v1.1.0/files_v1_linux_amd64", manifest("theirs", "files"));
        plugin("cache/plakar/plugins/v1.1.0/.half-extracted", manifest("half", "half"));
        Catalog catalog = PluginDirectories.catalog(directory.resolve("home"),
                Map.of("XDG_CACHE_HOME", directory.resolve("cache").toString()), directory);
        assertThat(catalog.find(Kind.IMPORTER, "files")).get()
                .extracting(PluginEntry::plugin)
                .isEqualTo("ours");
        assertThat(catalog.find(Kind.STORAGE, "s3")).get().extracting(PluginEntry::where).isEqualTo("plakar");
        assertThat(catalog.find(Kind.EXPORTER, "files")).isEmpty();
        assertThat(catalog.protocols(Kind.IMPORTER)).containsExactly("files", "other", "s3");
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void withoutACacheVariableTheUsersOwnCacheIsSearched() throws Exception {
        plugin("user/.cache/plakar/plugins/v1.1.0/p", manifest("p", "pp"));
        Catalog catalog = PluginDirectories.catalog(null, Map.of(), directory.resolve("user"));
        assertThat(catalog.find(Kind.IMPORTER, "pp")).isPresent();
    }

    @Test
    void aBrokenManifestIsReportedAndTheOthersAreUsed() throws Exception {
        plugin("all/a", "connectors: {");
        plugin("all/b", "just text");
        plugin("all/c", "connectors: [{type: importer, executable: ../../bin/sh, protocols: [cc]}]");
        plugin("all/d", "connectors: 7");
        plugin("all/e", "connectors: [{type: importer, executable: {}, protocols: [ee]}]");
        plugin("all/f", manifest("fine", "ff"));
        Catalog catalog = new Catalog().addAll(directory.resolve("all"), "", "test");
        assertThat(catalog.protocols(Kind.IMPORTER)).containsExactly("ff", "other");
        assertThat(catalog.problems()).hasSize(5)
                .allSatisfy(problem -> assertThat(problem).startsWith("cannot use " + directory.resolve("all")))
                .anySatisfy(problem -> assertThat(problem).contains("is not in the plugin's directory"))
                .anySatisfy(problem -> assertThat(problem).contains("\"connectors\" must be a list"))
                .anySatisfy(problem -> assertThat(problem).contains("\"executable\" must be text"));
    }

    @Test
    void aDirectoryWithoutAManifestIsNotAPlugin() {
        assertThatThrownBy(() -> Catalog.ofPlugin(directory)).isInstanceOf(IOException.class)
                .hasMessageContaining("no such file or directory: " + directory.resolve("manifest.yaml"));
        assertThat(new Catalog().addAll(directory.resolve("nowhere"), "", "test").entries()).isEmpty();
    }
}
