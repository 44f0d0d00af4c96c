package dev.kloset.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of {@code kloset:run} may contain a password. */
class RunMojoTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void aFailureDoesNotRepeatTheCommandLine() {
        assertThat(RunMojo.failure(1)).isEqualTo("plakar ended with exit status 1; its own messages are above");
    }

    @Test
    void onlyTheUserCanReadTheFileWithTheWordsWhichIsDeletedAfterwards() throws Exception {
        Path home = directory.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.writeString(home.resolve("bin/java"), """
                #!/bin/sh
                for last; do :; done
                ls -l "${last#@}" > "%s"
                exit 7
                """.formatted(directory.resolve("seen")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        PackagingProcess process = new PackagingProcess(home, "none", directory.resolve("kloset"),
                new SystemStreamLog());
        int exit = process.converse("run", new CommandLine().with("command", "password=q8w3"));
        assertThat(exit).isEqualTo(7);
        assertThat(directory.resolve("seen")).content().startsWith("-rw-------").contains("run.arguments");
        assertThat(directory.resolve("kloset")).isEmptyDirectory();
    }
}
