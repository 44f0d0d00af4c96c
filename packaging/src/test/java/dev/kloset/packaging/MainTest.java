package dev.kloset.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line that build tools call. */
class MainTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) throws InterruptedException {
        return Main.run(args, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsSaidAndEndsWithTwo() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(run("make")).isEqualTo(2);
        assertThat(run("image", "--output")).isEqualTo(2);
        assertThat(run("package", "--image", "a", "--output", "b", "--version", "1", "--plakar", "/bin/true", "--speed",
                "9")).isEqualTo(2);
        assertThat(said()).contains("\"make\" is no command", "--output has no value", "--speed is no option");
    }

    @Test
    void aMissingPlakarIsSaidWithTheRemedy(@TempDir Path directory) throws Exception {
        assertThat(run("package", "--image", directory.toString(), "--output", "b", "--version", "1", "--plakar",
                "no-such-plakar")).isEqualTo(1);
        assertThat(said()).contains("needs the program plakar and finds none on the PATH", "-Dkloset.plakar");
    }

    @Test
    void aClassPathThatIsNotBuiltIsSaid() throws Exception {
        assertThat(run("manifest", "--output", "m", "--class-path", "/no/such.jar", "--main-class", "A")).isEqualTo(1);
        assertThat(said()).contains("/no/such.jar on the class path does not exist", "build the project first");
    }

    @Test
    void aProjectWithoutMainClassIsTold(@TempDir Path classes) throws Exception {
        Files.writeString(classes.resolve("notes.txt"), "no class");
        assertThat(
                run("manifest", "--output", "m", "--class-path", classes.toString(), "--classes", classes.toString()))
                .isEqualTo(1);
        assertThat(said()).contains("no class below " + classes, "<mainClass>");
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3,v1.2.3", "v1.2.3,v1.2.3", "1,v1.0.0", "1.2-SNAPSHOT,v1.2.0-snapshot",
        "1.2.3-rc.1,v1.2.3-rc.1" })
    void versionsBecomeThoseOfPlakar(String given, String expected) throws Exception {
        assertThat(PackageFile.version(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3.4", "latest", "01.2.3", "1.2.3_4" })
    void versionsThatPlakarRefusesAreRefused(String given) {
        assertThatThrownBy(() -> PackageFile.version(given)).hasMessageContaining("knows no version \"" + given + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "15m", "0g", "16", "much", "16k" })
    void aHeapThatNoPluginStartsWithIsRefused(String heap) {
        assertThatThrownBy(() -> Image.heap(Arguments.parse(new String[]{ "--heap", heap }, 0)))
                .hasMessage("--heap is a size of 16m or more, such as 128m, not \"" + heap + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "16m", "1G" })
    void aHeapIsTakenAsItIsWritten(String heap) throws Exception {
        assertThat(Image.heap(Arguments.parse(new String[]{ "--heap", heap }, 0))).isEqualTo(heap);
    }
}
