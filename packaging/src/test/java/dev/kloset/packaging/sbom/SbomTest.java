package dev.kloset.packaging.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.Commands;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the list of a package's parts says of jars that describe themselves well, badly, or not at all. */
class SbomTest {

    private static final String PROPERTIES = "groupId=org.a\nartifactId=%s\nversion=1.2\n";
    private static final String POM = "<project><artifactId>core</artifactId><licenses><license><name>The Apache License, "
            + "Version 2.0</name></license></licenses></project>";

    @TempDir
    private Path image;

    private Path jar(String name, Map<String, String> headers, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        Path file = Files.createDirectories(image.resolve("lib")).resolve(name);
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static DeclaredLibraries declared(String... options) throws Exception {
        return DeclaredLibraries.of(Arguments.parse(Commands.named("image"), options));
    }

    private Component component(Path jar, String... options) throws Exception {
        return Components.library(jar, image, "lib/" + jar.getFileName(), declared(options));
    }

    @Test
    void aJarOfMavenSaysWhereItComesFrom() throws Exception {
        Component part = component(jar("core-1.2.jar", Map.of(), Map.of(
                "META-INF/maven/org.a/core/pom.properties", PROPERTIES.formatted("core"),
                "META-INF/maven/org.a/core/pom.xml", POM)));
        assertThat(part.purl()).isEqualTo("pkg:maven/org.a/core@1.2?type=jar");
        assertThat(part.licences()).containsExactly("The Apache License, Version 2.0");
        assertThat(part.sha256()).matches("[0-9a-f]{64}");
        assertThat(part.properties()).isEqualTo(Map.of("file", "lib/core-1.2.jar"));
    }

    @Test
    void theBuildToolKnowsMore() throws Exception {
        Path jar = jar("core.jar", Map.of("Bundle-License", "\"X, version 1\";link=y, https://b"), Map.of());
        assertThat(component(jar).licences()).containsExactly("X, version 1", "https://b");
        Component part = component(jar, "--library", "org.b:core:3=" + jar, "--library-license", "org.b:core=MIT",
                "--library-license", "org.b:core=EPL-2.0");
        assertThat(part.purl()).isEqualTo("pkg:maven/org.b/core@3?type=jar");
        assertThat(part.licences()).containsExactly("MIT", "EPL-2.0");
    }

    @Test
    void aJarOfSeveralProjectsHasTheNameOfItsFile() throws Exception {
        Component part = component(jar("all-7.jar", Map.of("Implementation-Version", "7"), Map.of(
                "META-INF/maven/org.a/core/pom.properties", PROPERTIES.formatted("core"),
                "META-INF/maven/org.a/more/pom.properties", PROPERTIES.formatted("more"))));
        assertThat(part).extracting(Component::group, Component::name, Component::version, Component::purl)
                .containsExactly("", "all", "7", "");
    }

    @Test
    void aFileThatIsNoJarIsListedAllTheSame() throws Exception {
        Path file = Files.writeString(Files.createDirectories(image.resolve("lib")).resolve("odd.jar"), "no jar");
        assertThat(component(file)).extracting(Component::name, Component::version).containsExactly("odd", "");
    }

    @ParameterizedTest
    @CsvSource({ "library,org.a:core=x", "library,org.a:core:1", "library-license,MIT" })
    void aMistakeInTheOptionsIsNamed(String option, String value) {
        assertThatThrownBy(() -> declared("--" + option, value)).isInstanceOf(UsageException.class)
                .hasMessageContaining("--" + option, value);
    }

    @ParameterizedTest
    @CsvSource({ "'The Apache Software License, Version 2.0',Apache-2.0", "Apache License 2.0,Apache-2.0",
        "Apache-2.0,Apache-2.0", "The MIT License,MIT", "MIT License,MIT", "Eclipse Public License v2.0,EPL-2.0",
        "'BSD 3-Clause License',BSD-3-Clause",
        "https://www.apache.org/licenses/LICENSE-2.0.txt,Apache-2.0", "http://opensource.org/licenses/MIT,MIT",
        "https://www.eclipse.org/legal/epl-2.0/,EPL-2.0", "ISC,ISC", "'Mozilla Public License, Version 2.0',MPL-2.0" })
    void aLicenceInCommonUseHasItsIdentifier(String name, String identifier) {
        assertThat(Licences.tree(List.of(name))).isEqualTo(List.of(Map.of("license", Map.of("id", identifier))));
    }

    @Test
    void anotherLicenceKeepsItsNameAndAnExpressionStandsAlone() {
        assertThat(Licences.tree(List.of("Our own"))).isEqualTo(List.of(Map.of("license", Map.of("name", "Our own"))));
        assertThat(Licences.tree(List.of("GPL-2.0-only WITH Classpath-exception-2.0")))
                .isEqualTo(List.of(Map.of("expression", "GPL-2.0-only WITH Classpath-exception-2.0")));
    }

    @Test
    void theSamePartsGiveTheSameBytesAndOthersAnotherNumber() throws Exception {
        Component jar = component(jar("core.jar", Map.of(), Map.of()));
        Sbom one = new Sbom(Components.plugin("demo", "v1.0.0", "ISC"), List.of(jar));
        assertThat(one.json()).isEqualTo(new Sbom(Components.plugin("demo", "v1.0.0", "ISC"), List.of(jar)).json())
                .contains("\"dependsOn\": [\"0-core\"]");
        Sbom other = new Sbom(Components.plugin("demo", "v1.0.1", "ISC"), List.of(jar));
        assertThat(serial(other)).isNotEqualTo(serial(one));
    }

    private static String serial(Sbom sbom) {
        return sbom.json().lines().filter(line -> line.contains("serialNumber")).findFirst().orElse("");
    }

    @Test
    void theVersionOfAnImageIsRead() throws Exception {
        assertThat(Sbom.versionIn(image)).isEmpty();
        new Sbom(Components.plugin("demo", "", ""), List.of()).write(image);
        assertThat(Sbom.versionIn(image)).isEmpty();
        new Sbom(Components.plugin("demo", "v1.0.0", "ISC"), List.of()).write(image);
        assertThat(Sbom.versionIn(image)).contains("v1.0.0");
        Files.writeString(image.resolve(Sbom.FILE_NAME), "{");
        assertThatThrownBy(() -> Sbom.versionIn(image)).isInstanceOf(IOException.class)
                .hasMessageContaining("make the image again");
    }
}
