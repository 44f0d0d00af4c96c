package dev.kloset.packaging.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.Commands;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.PackagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas that the code declares become validators; those that an author wrote must agree with the code. */
class ResolvedManifestTest {

    private static final String SAID = """
            {"name":"demo","protocol":"v1.1.0","connectors":[
            {"kind":"importer","protocol":"demo","flags":[],"configuration":{"schema":
              {"type":"object","required":["key"],"properties":{"key":{"type":"string","pattern":"^a\\\\\\"\\u00e9$"},
               "wait":{"type":"integer","default":12,"maximum":9223372036854775807,"deprecated":true}}}}},
            {"kind":"importer","protocol":"demo2","flags":[],"configuration":{"schema":{"type":"object"}}},
            {"kind":"storage","protocol":"demo","flags":[],"configuration":null}]}
            """;
    private static final String WRITTEN = """
            name: demo
            api_version: v1.1.0
            connectors:
              - type: importer
                protocols: [demo]
                executable: demo
                validator: own.json
              - type: importer
                protocols: [demo2]
                executable: demo
              - type: storage
                protocols: [demo]
                executable: demo
            """;

    @TempDir
    Path directory;

    private ResolvedManifest generated() throws Exception {
        PluginDescription about = PluginDescription.parse(SAID, "org.example.Demo");
        Manifest manifest = ManifestOverrides.of(Arguments.parse(Commands.named("manifest"))).manifest(about);
        return ResolvedManifest.of(manifest, about, Optional.empty(), key -> "here");
    }

    private ResolvedManifest written(String text, String own) throws Exception {
        Files.writeString(directory.resolve("manifest.yaml"), text);
        Files.writeString(directory.resolve("own.json"), own);
        ManifestFile manifest = ManifestFile.read(directory.resolve("manifest.yaml"));
        return ResolvedManifest.of(manifest.manifest(), PluginDescription.parse(SAID, "org.example.Demo"),
                Optional.of(directory),
                manifest::place);
    }

    @Test
    void everyConnectorThatDeclaresItsConfigurationHasItsOwnValidator() throws Exception {
        ResolvedManifest schemas = generated();

        assertThat(schemas.manifest().yaml()).contains("""
                  - type: importer
                    protocols: [demo]
                    executable: demo
                    args: [importer]
                    validator: schema/importer-demo.json
                  - type: importer
                    protocols: [demo2]
                    executable: demo
                    args: [importer]
                    validator: schema/importer-demo2.json
                  - type: storage
                    protocols: [demo]
                    executable: demo
                    args: [storage]
                """);
        assertThat(schemas.files()).containsOnlyKeys("schema/importer-demo.json", "schema/importer-demo2.json");
        assertThat(schemas.manifest().withoutFiles().yaml()).doesNotContain("validator", "extra_files");
    }

    @Test
    void theFileContainsTheSchemaOfTheCode() throws Exception {
        generated().write(directory);

        assertThat(directory.resolve("schema/importer-demo.json")).hasContent("""
                {
                  "type": "object",
                  "required": ["key"],
                  "properties": {
                    "key": {
                      "type": "string",
                      "pattern": "^a\\\\\\"é$"
                    },
                    "wait": {
                      "type": "integer",
                      "default": 12,
                      "maximum": 9223372036854775807,
                      "deprecated": true
                    }
                  }
                }""");
    }

    @Test
    void aWrittenManifestGetsTheSchemasThatItLacksAndKeepsItsOwn() throws Exception {
        ResolvedManifest schemas = written(WRITTEN,
                "{\"properties\":{\"wait\":{\"title\":\"Patience\"},\"key\":{}},\"required\":[\"key\"]}");

        assertThat(schemas.manifest().connectors()).extracting(Manifest.Entry::validator)
                .containsExactly("own.json", "schema/importer-demo2.json", "");
        assertThat(schemas.files()).containsOnlyKeys("schema/importer-demo2.json");
    }

    @Test
    void aValidatorWithOptionsThatDifferFromTheCodeIsRefusedWithTheDifference() {
        assertThatThrownBy(() -> written(WRITTEN, "{\"properties\":{\"kye\":{},\"wait\":{}},\"required\":[\"kye\"]}"))
                .isInstanceOf(PackagingException.class)
                .hasMessage(directory.resolve("manifest.yaml") + ":7: own.json and the code disagree about the options "
                        + "of the importer: only the file has kye (required), only the code has key (required); correct "
                        + "the file, or leave validator out and have it made from the code");
    }

    @Test
    void connectorsWithDifferentConfigurationsCannotShareAnEntry() {
        String shared = WRITTEN.replace("    validator: own.json\n", "").replace("[demo]\n", "[demo, demo2]\n");
        assertThatThrownBy(() -> written(shared, "{}")).isInstanceOf(PackagingException.class)
                .hasMessageStartingWith(directory.resolve("manifest.yaml") + ":5: the connectors for demo, demo2 are "
                        + "configured differently")
                .hasMessageContaining("write an entry for each");
    }
}
