package dev.kloset.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which artifact is missing when libraries log with SLF4J. The jars have the entries of the real ones. */
class Slf4jBindingTest {

    private static final String API = "org/slf4j/LoggerFactory.class";
    private static final String PROPERTIES = "META-INF/maven/org.slf4j/slf4j-api/pom.properties";

    @TempDir
    private Path directory;

    private Path jar(String name, String version, String... entries) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                if (entry.equals(PROPERTIES)) {
                    zip.write(("version=" + version + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return jar;
    }

    private static List<String> said(Path... jars) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        new Slf4jBinding(List.of(jars)).check(new PrintStream(err, true, StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void anApiWithoutBindingIsReportedWithTheArtifactOfItsVersion() throws Exception {
        Path one = jar("slf4j-api-1.7.36.jar", "1.7.36", API, PROPERTIES);
        Path two = jar("slf4j-api-2.0.18.jar", "", API);
        Path unknown = jar("shaded.jar", "", API);

        assertThat(said(one))
                .containsExactly("slf4j-api-1.7.36.jar has no binding: the plugin would print lines of SLF4J at "
                        + "each start, and lose what its libraries log; add org.slf4j:slf4j-jdk14:1.7.36");
        assertThat(said(two)).singleElement().asString().endsWith("; add org.slf4j:slf4j-jdk14:2.0.18");
        assertThat(said(unknown)).singleElement()
                .asString()
                .endsWith("; add org.slf4j:slf4j-jdk14:VERSION of slf4j-api");
    }

    @Test
    void aBindingOfTheSameGenerationIsEnough() throws Exception {
        Path one = jar("slf4j-api-1.7.36.jar", "1.7.36", API, PROPERTIES);
        Path two = jar("slf4j-api-2.0.18.jar", "2.0.18", API, PROPERTIES);
        Path old = jar("slf4j-jdk14-1.7.36.jar", "", "org/slf4j/impl/StaticLoggerBinder.class");
        Path recent = jar("slf4j-jdk14-2.0.18.jar", "", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider");

        assertThat(Stream.of(said(one, old), said(two, recent), said(recent), said()).flatMap(List::stream)).isEmpty();
        assertThat(said(one, recent)).singleElement().asString().contains(" of its version (there is one of another)");
        assertThat(said(two, old)).singleElement().asString().contains(" of its version (there is one of another)");
    }

    @Test
    void aFileThatIsNoJarHasNoApi() throws Exception {
        assertThat(said(Files.writeString(directory.resolve("text.jar"), "a text"))).isEmpty();
    }
}
