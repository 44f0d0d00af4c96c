package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user sees of {@code kloset install} and of the first build, in a checkout with nothing but the script and POMs.
 * Maven is a script that says what Maven says; the suite of interoperability tests installs the same modules with the real
 * one.
 */
class KlosetInstallTest {

    @TempDir
    private Path directory;

    private Path checkout;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectory(directory.resolve("checkout"));
        Files.copy(KlosetCommand.script(), checkout.resolve("kloset"));
        Files.setAttribute(checkout.resolve("kloset"), "unix:mode", 0755);
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    }

    private KlosetCommand.Run run(String maven, String... arguments) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path program = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + maven);
        Files.setAttribute(program, "unix:mode", 0755);
        KlosetCommand kloset = new KlosetCommand(directory).with("PATH", bin + ":" + System.getenv("PATH"))
                .with("KLOSET_NO_BUILD", "");
        return kloset.finish(kloset.startProgram(checkout.resolve("kloset"), arguments));
    }

    @Test
    void eachModuleIsALineAndTheOptionsReachMaven() throws Exception {
        KlosetCommand.Run run = run("""
                echo "$@" > arguments
                echo '[INFO] Building Kloset SDK for Java 0.1.0-SNAPSHOT                       [1/2]'
                echo '[INFO] Building jar: /somewhere/api.jar'
                echo '[INFO] Building Kloset API 0.1.0-SNAPSHOT                                [2/2]'
                echo '[INFO] Installing /somewhere/x.jar to /repository/dev/kloset/kloset-sdk/1/kloset-sdk-1.jar'
                """, "install", "-o", "-Dmaven.repo.local=/a b");

        assertThat(run.err().lines().map(line -> line.replaceFirst("kloset: \\d+ s ", "")))
                .containsExactly("Kloset SDK for Java [1/2]", "Kloset API [2/2]");
        assertThat(run.out())
                .isEqualTo("Installed: /repository/dev/kloset/kloset-sdk/1/kloset-sdk-1.jar and its companions\n");
        assertThat(run.exitCode()).isZero();
        assertThat(directory.resolve("arguments")).content()
                .contains("-Dmaven.test.skip=true", " -Psources ", " -am install -o -Dmaven.repo.local=/a b\n");
    }

    @Test
    void aFailureShowsTheFirstErrorsAndWhereTheRestIs() throws Exception {
        KlosetCommand.Run run = run("""
                echo '[INFO] Building Kloset API 0.1.0-SNAPSHOT   [1/1]'
                echo '[ERROR] no compiler'
                exit 1
                """, "install");

        assertThat(run.err())
                .endsWith("\n[ERROR] no compiler\nkloset: the SDK cannot be installed; Maven's output is in "
                        + checkout.resolve("target/kloset-install.log") + "\n");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(checkout.resolve("target/kloset-install.log")).content().contains("Building Kloset API");
    }

    @Test
    void withoutSourcesThereIsNothingToInstall() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));

        run("", "install").assertSentence(3,
                "install needs the sources of the SDK, which are not in " + checkout);
    }

    @Test
    void helpNeedsNoMaven() throws Exception {
        assertThat(run("exit 1", "install", "--help").out()).startsWith("Usage: kloset install ")
                .contains("-Dmaven.repo.local=DIR");
    }

    @Test
    void theFirstUseBuildsEveryIntegration() throws Exception {
        for (String name : List.of("files", "other")) {
            Files.writeString(Files.createDirectories(checkout.resolve("integrations/" + name)).resolve("pom.xml"),
                    "<project/>");
        }
        Files.createDirectory(checkout.resolve("integrations/no-module"));

        KlosetCommand.Run run = run("echo \"$@\" > arguments", "plugins");

        assertThat(run.err()).startsWith("kloset: first use, building (a minute or two)\n");
        assertThat(directory.resolve("arguments")).content()
                .contains(" -pl cli,integrations/files,integrations/other -am package\n");
    }
}
