package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ordinary user copies files of root. */
class OwnersTest {

    @TempDir
    private Path directory;

    @TempDir
    private Path anotherMachine;

    @Test
    void filesBecomeTheUsersUnlessTheUserInsistsOnOwners() throws Exception {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
        AnotherMachine machine = new AnotherMachine(anotherMachine);
        assumeTrue(machine.hasAnotherUser(), "this needs root, and a checkout that other users can read");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(directory.resolve("file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path program = Files.writeString(directory.resolve("program"), "#!");
        Files.setAttribute(program, "unix:mode", 06755);
        Path taken = machine.temporary().resolve("taken");
        KlosetCommand.Run copied = machine.kloset("copy", "files://" + directory, "files://" + taken);
        assertThat(copied.err()).isEqualTo(
                "kloset: only root can keep owners: files of other users become yours, without setuid and setgid\n");
        assertThat(copied.exitCode()).isZero();
        assertThat(taken.resolve("file")).hasContent("content");
        assertThat(Files.getAttribute(taken.resolve("program"), "unix:mode")).isEqualTo(0100755);

        Path insisted = machine.temporary().resolve("insisted");
        KlosetCommand.Run kept = machine.kloset("copy", "--owners", "files://" + directory, "files://" + insisted);
        assertThat(kept.err()).contains("restored /file, but its owner 0 could not be set: operation not permitted");
        assertThat(kept.exitCode()).isEqualTo(1);
        assertThat(insisted.resolve("file")).hasContent("content");

        KlosetCommand.Run wished = machine.kloset("copy", "--owners", "--dst-option", "require_owners=false",
                "files://" + directory, "files://" + machine.temporary().resolve("wished"));
        assertThat(wished.err()).contains("3 files could not be given to their owners");
        assertThat(wished.exitCode()).isZero();
    }
}
