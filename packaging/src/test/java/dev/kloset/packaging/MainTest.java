package dev.kloset.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.image.Image;
import dev.kloset.packaging.sbom.Components;
import dev.kloset.packaging.sbom.Sbom;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.PackageVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line that build tools call. */
class MainTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... args) throws InterruptedException {
        return Main.run(args, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsReportedAndEndsWithTwo() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(run("make")).isEqualTo(2);
        assertThat(run("image", "--output")).isEqualTo(2);
        assertThat(run("package", "--image", "a", "--output", "b", "--version", "1", "--plakar", "/bin/true", "--speed",
                "9")).isEqualTo(2);
        assertThat(said()).contains("\"make\" is not a command", "--output has no value", "--speed is not an option");
    }

    @Test
    void valuesAreTakenAsTheyAreEvenIfTheyLookLikeOptions() throws Exception {
        Arguments arguments = Arguments.parse(Commands.named("image"), "--java-option", "--add-modules=x",
                "--java-option", "--heap", "--tag", "--", "--tag", "--help", "--description", "\"q\" ${user.home}",
                "--name", "", "--heap=64m");
        assertThat(arguments.all("java-option")).containsExactly("--add-modules=x", "--heap");
        assertThat(arguments.all("tag")).containsExactly("--", "--help");
        assertThat(arguments.text("description")).isEqualTo("\"q\" ${user.home}");
        assertThat(arguments.optional("name")).as("an empty value counts as absent").isEmpty();
        assertThat(arguments.text("heap")).isEqualTo("64m");
        assertThat(arguments.help()).isFalse();
    }

    @Test
    @SuppressWarnings("SystemOut") // what picocli writes by itself goes there
    void aQuoteInAPasswordShowsItNowhere() throws Exception {
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            Arguments arguments = Arguments.parse(Commands.named("run"), "--command", "-o", "--command",
                    "password=hush\"x");
            assertThat(arguments.all("command")).containsExactly("-o", "password=hush\"x");
        } finally {
            System.setErr(before);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void linesOfAFileStandForItsName(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("arguments"), "--tag\n#a b\n--name\n@x\n");
        Arguments arguments = Arguments.parse(Commands.named("image"), "@" + file);
        assertThat(arguments.all("tag")).containsExactly("#a b");
        assertThat(arguments.text("name")).isEqualTo("@x");
    }

    @Test
    void repeatedAndUnknownOptionsAreReported() throws Exception {
        assertThat(run("manifest", "--output", "a", "--output", "b")).isEqualTo(2);
        assertThat(run("manifest", "output")).isEqualTo(2);
        assertThat(run("manifest", "--out", "a")).isEqualTo(2);
        assertThat(said()).contains("--output is given 2 times", "\"output\" is not an option: all start with --",
                "--out is not an option of this command");
    }

    @Test
    void helpExplainsTheCommandsAndTheOptionsOfEach() throws Exception {
        assertThat(run("help")).isZero();
        assertThat(run("image", "--help")).isZero();
        assertThat(run("help", "run")).isZero();
        assertThat(run("help", "make")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Make a package for Plakar", "attach", "--class-path",
                "--training", "--suspend");
        assertThat(said())
                .contains("\"make\" is not a command; the commands are manifest, image, package, run, attach");
    }

    @Test
    void aMissingPlakarIsReportedWithTheRemedy(@TempDir Path directory) throws Exception {
        assertThat(run("package", "--image", directory.toString(), "--output", "b", "--version", "1", "--plakar",
                "no-such-plakar")).isEqualTo(1);
        assertThat(said()).contains("needs the program plakar and finds none on the PATH", "-Dkloset.plakar");
    }

    @Test
    void anImageOfAnotherVersionIsNotPackaged(@TempDir Path image) throws Exception {
        Files.writeString(image.resolve("manifest.yaml"), "name: demo\n");
        new Sbom(Components.plugin("demo", "v1.0.0", "ISC"), List.of()).write(image);
        assertThat(run("package", "--image", image.toString(), "--output", image.toString(), "--version", "2",
                "--plakar", "/bin/true")).isEqualTo(1);
        assertThat(said())
                .contains("would say that it is v1.0.0, and the package v2.0.0: make the image with the version");
    }

    @Test
    void aClassPathThatIsNotBuiltIsReported() throws Exception {
        assertThat(run("manifest", "--output", "m", "--class-path", "/no/such.jar", "--main-class", "A")).isEqualTo(1);
        assertThat(said()).contains("/no/such.jar on the class path does not exist", "build the project first");
    }

    @Test
    void aProjectWithoutMainClassIsReported(@TempDir Path classes) throws Exception {
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
        assertThat(PackageVersion.of(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3.4", "latest", "01.2.3", "1.2.3_4" })
    void versionsThatPlakarRefusesAreRefused(String given) {
        assertThatThrownBy(() -> PackageVersion.of(given)).hasMessageContaining("knows no version \"" + given + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "15m", "0g", "16", "much", "16k" })
    void aHeapThatNoPluginStartsWithIsRefused(String heap) {
        assertThatThrownBy(() -> Image.heap(Arguments.parse(Commands.named("image"), "--heap", heap)))
                .hasMessage("--heap must be a size of 16m or more, such as 128m, not \"" + heap + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "16m", "1G" })
    void aHeapIsTakenAsItIsWritten(String heap) throws Exception {
        assertThat(Image.heap(Arguments.parse(Commands.named("image"), "--heap", heap))).isEqualTo(heap);
    }
}
