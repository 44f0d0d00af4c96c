package dev.kloset.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which modules are found for the Java of a package. */
class RuntimeImageTest {

    @TempDir
    private Path directory;

    private void jar(String name, String type, String member) throws Exception {
        Path source = directory.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
        Files.writeString(source, "package " + type.substring(0, type.lastIndexOf('.')) + "; class "
                + source.getFileName().toString().replace(".java", "") + " { " + member + " member; }");
        Path classes = directory.resolve(name + ".classes");
        run("javac", "-d", classes.toString(), source.toString());
        run("jar", "--create", "--file", directory.resolve(name).toString(), "-C", classes.toString(), ".");
    }

    private static void run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        assertThat(ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments)).as(said::toString)
                .isZero();
    }

    private List<String> needed(String... jars) throws Exception {
        Jdk jdk = new Jdk(Path.of(System.getProperty("java.home")));
        return new RuntimeImage(jdk, List.of(), List.of(), Optional.empty()).needed(directory, List.of(jars));
    }

    @Test
    void theSdkDoesNotBringTheFlightRecorderByItself() throws Exception {
        jar("kloset-sdk.jar", "dev.kloset.sdk.FlightEvents", "jdk.jfr.Event");
        jar("plugin.jar", "org.example.Connector", "java.util.logging.Logger");
        assertThat(needed("kloset-sdk.jar", "plugin.jar")).contains("java.logging").doesNotContain("jdk.jfr");
    }

    @Test
    void aPluginThatNeedsItGetsIt() throws Exception {
        jar("kloset-sdk.jar", "dev.kloset.sdk.FlightEvents", "jdk.jfr.Event");
        jar("plugin.jar", "org.example.Connector", "jdk.jfr.Event");
        assertThat(needed("kloset-sdk.jar", "plugin.jar")).contains("jdk.jfr");
    }
}
