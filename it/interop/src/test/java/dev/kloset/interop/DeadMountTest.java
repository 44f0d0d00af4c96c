package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system in the source whose process no longer answers. */
class DeadMountTest {

    private static final int FILES = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private Path source() throws IOException {
        Path source = directory.resolve("source");
        for (int i = 0; i < FILES; i++) {
            Path file = source.resolve("d" + i % 20 + "/f" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "file " + i);
        }
        return source;
    }

    /** {@return the process of a file system mounted at {@code at}, which contains one file} */
    private RunningCommand mount(Path at, int megabytes) throws IOException, InterruptedException {
        MountedFileSystem.requireFuse("bindfs", "bindfs");
        Files.createDirectories(at);
        Path files = Files.createDirectories(directory.resolve("far"));
        Shell.ok(files, "head -c " + megabytes + "M /dev/urandom > away");
        RunningCommand server = Shell.start(directory, "exec bindfs -f --read-rate=1M " + files + " " + at);
        Await.until(PATIENCE, () -> Files.exists(at.resolve("away")) || !server.isAlive(), () -> "bindfs begins");
        assumeTrue(server.isAlive(), "bindfs cannot mount here");
        return server;
    }

    /** End the file system: pending requests get an error. */
    private static void bury(RunningCommand server, Path at) throws IOException, InterruptedException {
        if (server.isAlive()) {
            server.signal("KILL");
            server.end(PATIENCE);
            Shell.run(Path.of("/"), "umount -l '" + at + "'");
        }
    }

    @Test
    void aDeadMountIsNamedAndHoldsUpNothingElse() throws Exception {
        Path source = source();
        Path dead = source.resolve("dead");
        RunningCommand server = mount(dead, 1);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            server.signal("STOP");
            RunningCommand backup = repository.start("backup", "files://" + source);
            awaitLine(backup, "still waiting for " + dead);
            bury(server, dead);
            assertAllButOneCame(backup.end(PATIENCE), dead, repository);
        } finally {
            bury(server, dead);
        }
    }

    @Test
    void aContentOnAMountThatDiesIsNamed() throws Exception {
        Path source = source();
        Path mount = source.resolve("dying");
        RunningCommand server = mount(mount, 200);
        try (Plakar plakar = Plakar.withFiles(directory).with("KLOSET_WATCHDOG", "5s")) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            RunningCommand backup = repository.start("backup", "files://" + source);
            Await.until(PATIENCE, () -> plakar.watch().hasOpen(mount), () -> "the content is read");
            server.signal("STOP");
            awaitLine(backup, "reading the content of " + mount.resolve("away"));
            bury(server, mount);
            assertAllButOneCame(backup.end(PATIENCE), mount.resolve("away"), repository);
        } finally {
            bury(server, mount);
        }
    }

    private static void awaitLine(RunningCommand backup, String text) throws IOException {
        Await.until(PATIENCE, () -> (backup.out() + backup.err()).contains(text), () -> text);
    }

    private void assertAllButOneCame(Outcome backup, Path missing, Repository repository)
            throws IOException, InterruptedException {
        assertThat(backup.text()).contains("with 1 error ");
        assertThat(backup.text().lines().filter(line -> line.contains(" KO "))).singleElement()
                .asString()
                .contains(missing.toString());
        repository.ok("restore", "-to", "files://" + directory.resolve("restored"),
                repository.snapshotIds().getFirst());
        assertThat(Tree.of(directory.resolve("restored")).regularFiles()).isEqualTo(FILES);
    }
}
