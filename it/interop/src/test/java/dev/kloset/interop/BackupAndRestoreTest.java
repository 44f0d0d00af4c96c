package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree goes into a repository through our importer, and comes out through our exporter. */
class BackupAndRestoreTest {

    @TempDir
    Path directory;

    private Path source;
    private Path restored;

    @BeforeEach
    void makeTree() throws IOException {
        source = TreeMaker.varied(directory.resolve("source"));
        restored = directory.resolve("restored");
    }

    private Repository repository(Plakar plakar) throws Exception {
        return plakar.at("fs://" + directory.resolve("repository")).create();
    }

    @Test
    void aRestoredTreeIsTheTreeThatWasBackedUp() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            snapshot.check();
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
        before.assertSame(Tree.of(source));
    }

    @Test
    void theSnapshotListsEveryEntryOnce() throws Exception {
        Tree tree = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);

            List<String> listed = snapshot.list().stream().map(line -> line.replaceFirst(" -> .*", "")).toList();
            for (String path : tree.paths()) {
                String shown = " " + source.resolve(path).toString().replaceAll("\\p{Cntrl}", "?");
                if (!path.isEmpty()) {
                    assertThat(listed).as(path).filteredOn(line -> line.endsWith(shown)).hasSize(1);
                }
            }
            assertThat(snapshot.fact("Directory")).isEqualTo(source.toString());
            assertThat(snapshot.count("Files")).isEqualTo((int) tree.regularFiles());
            assertThat(snapshot.count("Symlinks")).isEqualTo(7);
            assertThat(snapshot.count("Errors")).isZero();
        }
    }

    @Test
    void theSnapshotHoldsTheSameMetadataAsOneOfTheBuiltInConnector() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = repository(plakar);
            TreeMaker.in(source).extendedAttributes(3);
            Snapshot builtIn = repository.backup("fs://" + source);
            Snapshot ours = repository.backup("files://" + source);
            assertThat(ours.list()).isEqualTo(builtIn.list());
            for (String path : List.of("", "big", "empty", "modes/4755", "modes/2755", "modes/1644", "hard/b/0",
                    "xattrs/2",
                    "modes/directory 1777", "odd/日本語", "odd/nai\u0308ve", "docs/nothing inside")) {
                assertThat(ours.entry(source.resolve(path))).as(path).isEqualTo(builtIn.entry(source.resolve(path)));
            }
        }
    }

    @Test
    void namesSurviveWhateverTheLocaleSays() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory).with("LC_ALL", "C")) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
    }

    @Test
    void concurrentBackupsAndRestoresGiveTheSameTree() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = repository(plakar);
            plakar.ok("-concurrency", "16", "at", repository.location(), "backup", "files://" + source);
            plakar.ok("-concurrency", "16", "at", repository.location(), "restore", "-to", "files://" + restored);
        }
        before.assertSame(Tree.of(restored));
    }

    @Test
    void namesOfAnyBytesComeBack() throws Exception {
        Path bytes = Files.createDirectory(source.resolve("bytes"));
        TreeMaker.shell(bytes, "printf x > \"$(printf 'bad\\377name')\"; mkdir \"$(printf 'bad\\376directory')\";"
                + " printf y > \"$(printf 'bad\\376directory/f')\"; ln -s \"$(printf 'bad\\375target')\" link");
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
        TreeMaker.shell(restored.resolve("bytes"), "test -f \"$(printf 'bad\\377name')\";"
                + " test -f \"$(printf 'bad\\376directory/f')\"; test \"$(readlink link)\" = \"$(printf 'bad\\375target')\"");
    }

    @Test
    void aRepositoryBelowItsOwnSourceDoesNotGrowWithItself() throws Exception {
        Path store = source.resolve("backups/store");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            Snapshot first = repository.backup("files://" + source);
            long size = size(store);
            for (int i = 0; i < 3; i++) {
                Snapshot next = repository.backup("files://" + source);
                assertThat(next.backup().text()).contains("nothing in " + store + " is backed up: it is a Kloset")
                        .contains("include_repositories=true");
                assertThat(next.count("Files")).isEqualTo(first.count("Files"));
            }
            assertThat(size(store) - size).as("growth").isLessThan(size / 2);
            repository.backup("-o", "include_repositories=true", "files://" + source);
            assertThat(size(store)).as("with everything in it").isGreaterThan(size + size / 2);
        }
    }

    private static long size(Path directory) throws IOException, InterruptedException {
        return Long
                .parseLong(Shell.ok(directory, "du --summarize --apparent-size --block-size=1 . | cut -f 1").strip());
    }

    @Test
    void pipesComeBack() throws Exception {
        TreeMaker.shell(source, "mkfifo -m 0640 pipe");
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            assertThat(snapshot.count("Pipes")).isEqualTo(1);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
    }

    @Test
    void oneDirectoryOfASnapshotCanBeRestoredAlone() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            snapshot.repository()
                    .ok("restore", "-to", "files://" + restored,
                            snapshot.id() + ":" + source.resolve("odd"));
        }
        Tree.of(source.resolve("odd")).assertSame(Tree.of(restored));
    }

    @Test
    void oneFileOfASnapshotCanBeRestoredAlone() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            snapshot.repository()
                    .ok("restore", "-to", "files://" + restored,
                            snapshot.id() + ":" + source.resolve("docs/readme"));
        }
        assertThat(Files.mismatch(source.resolve("docs/readme"), restored.resolve("readme"))).isEqualTo(-1);
        assertThat(Files.getLastModifiedTime(restored.resolve("readme")))
                .isEqualTo(Files.getLastModifiedTime(source.resolve("docs/readme")));
    }

    @Test
    void aRestoreOverAnOlderTreeReplacesWhatChanged() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files://" + source);
            snapshot.restore("files://" + restored);
            Files.writeString(restored.resolve("hello"), "changed since");
            Files.delete(restored.resolve("one"));
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
    }

    @Test
    void ignoredPathsAreNotInTheSnapshot() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("-ignore", "deep", "-ignore", "*.x", "-ignore", "**/hard/a/*",
                    "-ignore", "!**/hard/a/1", "files://" + source);
            assertThat(snapshot.list()).noneMatch(line -> line.contains("/deep"))
                    .anyMatch(line -> line.endsWith("/hard/a/1"))
                    .noneMatch(line -> line.endsWith("/hard/a/0"));
        }
    }

    @Test
    void aRelativeLocationIsRelativeToTheWorkingDirectory() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = repository(plakar).backup("files:../source");
            assertThat(snapshot.fact("Directory")).isEqualTo(source.toString());
            snapshot.restore("files:../restored");
        }
        before.assertSame(Tree.of(restored));
    }

    @Test
    void aMissingSourceFailsWithASentence() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Outcome outcome = repository(plakar).run("backup", "files://" + directory.resolve("absent"));
            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("absent").doesNotContain("rpc error", "Exception");
        }
    }
}
