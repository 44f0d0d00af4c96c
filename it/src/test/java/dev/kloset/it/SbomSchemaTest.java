package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.kloset.packaging.Commands;
import dev.kloset.packaging.sbom.Component;
import dev.kloset.packaging.sbom.Components;
import dev.kloset.packaging.sbom.DeclaredLibraries;
import dev.kloset.packaging.sbom.Sbom;
import dev.kloset.packaging.tool.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of a package's parts, read with the schema of CycloneDX. */
class SbomSchemaTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory
            .getInstance(VersionFlag.V7,
                    builder -> builder.schemaMappers(
                            mappers -> mappers.mapPrefix("http://cyclonedx.org/schema/", "classpath:")))
            .getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));

    @TempDir
    Path image;

    private static Set<String> complaints(String json) throws IOException {
        return SCHEMA.validate(new ObjectMapper().readTree(json))
                .stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toSet());
    }

    /** {@return the list of a package with all jars of this test, and the Java that runs it} */
    private String written() throws Exception {
        DeclaredLibraries none = DeclaredLibraries.of(Arguments.parse(Commands.named("image")));
        List<Component> parts = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(":", -1)) {
            Path file = Path.of(element);
            if (element.endsWith(".jar")) {
                Files.copy(file, Files.createDirectories(image.resolve("lib")).resolve(file.getFileName()));
                parts.add(Components.library(file, image, "lib/" + file.getFileName(), none));
            }
        }
        Files.createSymbolicLink(image.resolve("runtime"), Path.of(System.getProperty("java.home")));
        parts.add(Components.java(image, "runtime"));
        new Sbom(Components.plugin("demo", "v1.0.0", "ISC"), parts).write(image);
        return Files.readString(image.resolve(Sbom.FILE_NAME));
    }

    @Test
    void theListKeepsTheFormat() throws Exception {
        String json = written();
        assertThat(complaints(json)).isEmpty();
        assertThat(json).contains("pkg:maven/org.slf4j/slf4j-api@", "\"id\": \"MIT\"", "\"id\": \"Apache-2.0\"",
                "GPL-2.0-only WITH Classpath-exception-2.0", "pkg:generic/openjdk@25");
    }

    @Test
    void theSchemaFindsMistakes() throws Exception {
        String json = written();
        assertThat(complaints(json.replace("\"type\": \"library\"", "\"type\": \"book\""))).isNotEmpty();
        assertThat(complaints(json.replace("\"id\": \"MIT\"", "\"id\": \"MITT\""))).isNotEmpty();
        assertThat(complaints(json.replace("\"SHA-256\"", "\"SHA-257\""))).isNotEmpty();
    }
}
