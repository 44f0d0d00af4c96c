package dev.kloset.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.packaging.modules.MissingModules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build says of a plugin that cannot be loaded by the Java of its package. The launcher is a script. */
class LoadCheckTest {

    private static final String ADD = "java.sql.Driver is in the module java.sql, which the package's Java lacks: add it with "
            + "--add-modules java.sql (-Dkloset.addModules, <addModules>)";

    @TempDir
    private Path directory = Path.of("");

    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();

    /** Check an image whose launcher does this. */
    private void check(String script, String trained) throws Exception {
        Path launcher = Files.writeString(directory.resolve("launcher"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("release"), "MODULES=\"java.base java.logging\"\n");
        MissingModules missing = MissingModules.of(Path.of(System.getProperty("java.home")), directory);
        new LoadCheck(directory, "launcher", missing).run(trained, new PrintStream(warnings, true,
                StandardCharsets.UTF_8));
    }

    private static String failure(String type, boolean connector, String reason) {
        return "echo '{\"class\":\"" + type + "\",\"connector\":" + connector + ",\"reason\":\"" + reason
                + "\"}'; exit 1";
    }

    @Test
    void aConnectorThatNeedsAMissingModuleFailsTheBuild() {
        assertThatThrownBy(() -> check(
                failure("org.example.DemoImporter", true, "java.lang.NoClassDefFoundError: java/sql/Driver"), ""))
                .hasMessage("org.example.DemoImporter cannot be loaded in the image: " + ADD);
    }

    @Test
    void anyOtherClassCausesAWarning() throws Exception {
        check(failure("org.example.Report", false, "java.lang.NoClassDefFoundError: java/sql/Driver"), "");
        assertThat(warnings.toString(StandardCharsets.UTF_8))
                .isEqualTo("org.example.Report cannot be loaded in the image: " + ADD + System.lineSeparator());
    }

    @Test
    void aClassThatNoModuleHasIsNoBusinessOfTheBuild() throws Exception {
        check(failure("org.example.DemoImporter", true, "java.lang.NoClassDefFoundError: org/other/Library"), "");
        check("exit 0", "training with importer demo://x failed: no such file java.util.List");
        assertThat(warnings.size()).isZero();
    }

    @Test
    void aTrainingThatFailsForWantOfAModuleFailsTheBuild() {
        assertThatThrownBy(() -> check("exit 0", "training with importer demo://x failed: no LoginModule found for "
                + "com.sun.security.auth.module.Krb5LoginModule"))
                .hasMessageStartingWith("in the package's Java, training")
                .hasMessageContaining("add it with --add-modules jdk.security.auth");
    }

    @Test
    void aPluginThatDoesNotStartFailsTheBuild() {
        assertThatThrownBy(
                () -> check("echo 'Exception in main: NoClassDefFoundError: java/sql/Driver' >&2; exit 1", ""))
                .hasMessageStartingWith("the plugin does not start in its image: " + ADD);
        assertThatThrownBy(() -> check("echo 'no heap' >&2; exit 1", ""))
                .hasMessageStartingWith("the plugin does not start in its image: it said: ")
                .hasMessageContaining("no heap");
    }
}
