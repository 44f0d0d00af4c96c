package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository on a disk that is full, or may only be read. */
class LimitedStoreTest {

    @TempDir
    Path directory;

    private Path source;
    private Path disk;

    @BeforeEach
    void makeTree() throws IOException {
        source = directory.resolve("source");
        disk = directory.resolve("disk");
        TreeMaker.in(source).plainFiles();
    }

    @Test
    void aBackupToAFullDiskFailsAndTheNextOneWithRoomWorks() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory);
                MountedFileSystem memory = MountedFileSystem.memory(disk, "size=40m")) {
            Repository repository = plakar.at("files://" + memory.path().resolve("store")).create();
            Snapshot kept = repository.backup("files://" + source);
            Path large = TreeMaker.in(directory.resolve("large")).file("f", 200_000_000);

            Outcome failed = repository.run("backup", "files://" + large.getParent());

            assertThat(failed.exit()).as(failed.toString()).isNotZero();
            assertThat(failed.text()).containsIgnoringCase("no space left on device").doesNotContain("Exception");
            assertThat(leftovers(memory.path().resolve("store"))).isEmpty();
            kept.check();

            Shell.ok(directory, "mount -o remount,size=1g " + memory.path());
            Snapshot next = repository.backup("files://" + large.getParent());
            next.check();
            kept.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    @Test
    void aRepositoryThatMayOnlyBeReadRestoresAndRefusesABackup() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory);
                MountedFileSystem memory = MountedFileSystem.memory(disk, "size=100m")) {
            Repository repository = plakar.at("files://" + memory.path().resolve("store")).create();
            Snapshot snapshot = repository.backup("files://" + source);
            Shell.ok(directory, "mount -o remount,ro " + memory.path());

            Outcome refused = repository.run("backup", "files://" + source);
            assertThat(refused.exit()).as(refused.toString()).isNotZero();
            assertThat(refused.text()).containsIgnoringCase("read-only file system").doesNotContain("Exception");
            assertThat(repository.snapshotIds()).containsExactly(snapshot.id());
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    /** {@return the files that belong to no object} */
    private static List<Path> leftovers(Path store) throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("CONFIG") && !file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList();
        }
    }
}
