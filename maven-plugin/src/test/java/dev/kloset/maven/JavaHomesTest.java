package dev.kloset.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories contain a JDK that can make packages. */
class JavaHomesTest {

    @TempDir
    Path home;

    private void jdk(String version) throws IOException {
        Path jlink = Files.createDirectories(home.resolve("bin")).resolve("jlink");
        Files.writeString(jlink, "");
        Files.setPosixFilePermissions(jlink, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    @Test
    void aJdkThatIsNewEnoughIsAccepted() throws Exception {
        jdk("25.0.3");

        assertThat(JavaHomes.isGood(home)).isTrue();
        assertThat(new JavaHomes(null).find(home.toFile())).isEqualTo(home);
    }

    @Test
    void anOldOrIncompleteJdkIsRejected() throws Exception {
        assertThat(JavaHomes.isGood(home)).as("empty directory").isFalse();
        jdk("24.0.2");
        assertThat(JavaHomes.isGood(home)).as("24").isFalse();
        jdk("25");
        assertThat(JavaHomes.isGood(home)).as("25").isTrue();
        Files.writeString(home.resolve("release"), "");
        assertThat(JavaHomes.isGood(home)).as("without a version").isFalse();
        jdk("26-ea");
        assertThat(JavaHomes.isGood(home)).as("26").isTrue();
        Files.delete(home.resolve("bin/jlink"));
        assertThat(JavaHomes.isGood(home)).as("a JRE").isFalse();
    }

    @Test
    void anUnsuitableJdkThatTheUserNamesIsNotReplaced() throws Exception {
        jdk("17.0.15");
        assertThatThrownBy(() -> new JavaHomes(null).find(home.toFile())).isInstanceOf(MojoFailureException.class)
                .hasMessageContainingAll(home + " is given as the JDK", "not a JDK 25 or newer", "-Dkloset.jdk");
    }

    @Test
    void withoutANameTheBuildMachinesJdkIsFound() throws Exception {
        assertThat(JavaHomes.isGood(new JavaHomes(null).find(null))).isTrue();
    }
}
