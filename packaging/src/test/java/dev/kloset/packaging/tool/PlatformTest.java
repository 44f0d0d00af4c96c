package dev.kloset.packaging.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform of a package is that of the jmods from which its runtime is made, in Plakar's terms. */
class PlatformTest {

    @TempDir
    Path directory;

    /** Make jmods with the JDK's own tool, which records the platform, although this module contains nothing for that platform. */
    private Path jmods(String platform) throws Exception {
        Path source = directory.resolve("module-info.java");
        Files.writeString(source, "module example {}");
        Path jmods = Files.createDirectories(directory.resolve("jdk/jmods"));
        run("javac", "-d", directory.resolve("classes").toString(), source.toString());
        run("jmod", "create", "--class-path", directory.resolve("classes").toString(), "--target-platform", platform,
                jmods.resolve("java.base.jmod").toString());
        return directory.resolve("jdk");
    }

    private static void run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        assertThat(ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments)).as(() -> said.toString())
                .isZero();
    }

    private Platform platformOf(String jmods) throws Exception {
        Jdk jdk = Jdk.of(Arguments.parse(Commands.named("manifest")));
        return Platform.of(jdk, Platform.jmods(jmods(jmods)));
    }

    @ParameterizedTest
    @CsvSource({ "linux-amd64,linux,amd64", "linux-aarch64,linux,arm64", "macos-aarch64,darwin,arm64",
        "macos-amd64,darwin,amd64", "linux-riscv64,linux,riscv64" })
    void jmodsSayWhatTheyAreFor(String platform, String os, String arch) throws Exception {
        assertThat(platformOf(platform)).isEqualTo(new Platform(os, arch));
    }

    @Test
    void jmodsForWindowsAreRefusedWithTheReason() {
        assertThatThrownBy(() -> platformOf("windows-amd64"))
                .hasMessageContainingAll("packages for Windows cannot be made yet", "shell script");
    }

    @Test
    void theMessageForAJdkWithoutJmodsSaysWhatToUse() {
        assertThatThrownBy(() -> Platform.jmods(directory))
                .hasMessageContainingAll(directory + " has no java.base.jmod", "take the archive of jmods");
    }
}
