package dev.kloset.packaging.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.Commands;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest generated from what the plugin says and what its author adds. */
class GeneratedManifestTest {

    private static final String SAID = """
            {"name":"demo","sdk":"1","protocol":"v1.1.0","connectors":[
            {"kind":"importer","protocol":"demo","flags":["localfs","exportxattr"]},
            {"kind":"importer","protocol":"demo2","flags":["localfs"]},
            {"kind":"storage","protocol":"demo","flags":[]}]}
            """;

    private static Manifest manifest(String said, String... wishes) throws Exception {
        return ManifestOverrides.of(Arguments.parse(Commands.named("manifest"), wishes))
                .manifest(PluginDescription.parse(said, "org.example.Demo"));
    }

    @Test
    void itCombinesTheCodeAndTheAuthorsAdditions(@TempDir Path directory) throws Exception {
        Manifest manifest = manifest(SAID, "--description", "Demo: a \"test\"", "--license", "ISC", "--tag", "on",
                "--tag",
                "demo", "--class", "database", "--class", "storage=object-storage", "--executable", "launcher");

        assertThat(manifest.withFiles(java.util.List.of("lib/a.jar", "plugin.aot")).yaml()).isEqualTo("""
                name: demo
                description: "Demo: a \\"test\\""
                license: ISC
                api_version: v1.1.0
                tags: ["on", demo]
                connectors:
                  - type: importer
                    protocols: [demo, demo2]
                    location_flags: [localfs]
                    class: database
                    executable: launcher
                    args: [importer]
                    extra_files:
                      - lib/a.jar
                      - plugin.aot
                  - type: storage
                    protocols: [demo]
                    class: object-storage
                    executable: launcher
                    args: [storage]
                """);
        Path file = directory.resolve("manifest.yaml");
        Directories.write(file, manifest.yaml());
        assertThat(ManifestFile.read(file).manifest()).isEqualTo(manifest);
    }

    @Test
    void anUnusableProtocolInTheCodeIsRefused() throws Exception {
        Manifest manifest = manifest(SAID.replace("demo2", "demo_2"));
        assertThatThrownBy(() -> ManifestRules.check(manifest, Optional.empty(), key -> "the manifest made from Demo"))
                .hasMessageStartingWith("the manifest made from Demo: Plakar would never find the protocol \"demo_2\"");
    }

    @Test
    void theMessageForAPluginWithoutProtocolsRecommendsPlugin() {
        String anonymous = "{\"name\":null,\"protocol\":\"v1.1.0\",\"connectors\":[{\"kind\":\"importer\",\"protocol\":null,"
                + "\"flags\":[]}]}";
        assertThatThrownBy(() -> manifest(anonymous)).hasMessageContainingAll("org.example.Demo",
                "Plugin.builder(name)");
    }

    @Test
    void theMessageForAMainClassWithOtherOutputSaysWhatIsExpected() {
        assertThatThrownBy(() -> manifest("hello")).hasMessageContainingAll("org.example.Demo", "Entrypoint.run",
                "hello");
    }

    @Test
    void anAdditionForAnUnknownKindOfConnectorIsRefused() {
        assertThatThrownBy(() -> manifest(SAID, "--class", "store=database")).isInstanceOf(UsageException.class)
                .hasMessageContaining("\"store\" is not a type of connector");
    }
}
