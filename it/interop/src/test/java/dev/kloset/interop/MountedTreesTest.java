package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems in common use, each with its own idea of what a file is. */
class MountedTreesTest {

    @TempDir
    Path directory;

    private Path make(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private Snapshot backup(Plakar plakar, Path source, String... options) throws IOException, InterruptedException {
        String[] arguments = Arrays.copyOf(options, options.length + 1);
        arguments[options.length] = "files://" + source;
        return plakar.at("fs://" + directory.resolve("repository")).create().backup(arguments);
    }

    /** {@return the trees restored by a plugin and by our host, both from the same source} */
    private List<Path> backedUpAndRestored(Path source) throws IOException, InterruptedException {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = backup(plakar, source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        new KlosetCopy(make("copy")).ok(source, directory.resolve("copied"));
        return List.of(directory.resolve("restored"), directory.resolve("copied"));
    }

    private static Object number(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void unrelatedFilesWithEqualNumbersStayUnrelated() throws Exception {
        try (MountedFileSystem one = MountedFileSystem.image(directory.resolve("one"), "ext4", "e2fsprogs");
                MountedFileSystem other = MountedFileSystem.image(directory.resolve("other"), "ext4", "e2fsprogs")) {
            Shell.ok(one.path(), "echo one > f; ln f g; touch -d 2020-01-01 f");
            Shell.ok(other.path(), "echo two > f; ln f g; touch -d 2020-01-01 f");
            Shell.ok(directory, "mkdir -p both/1 both/2; mount --bind one both/1; mount --bind other both/2");
            try (MountedFileSystem both = MountedFileSystem.bind(directory.resolve("both"), make("view"), "")) {
                Path view = both.path();
                assertThat(number(view.resolve("1/f"))).as("the numbers of two files")
                        .isEqualTo(number(view.resolve("2/f")));
                for (Path tree : backedUpAndRestored(view)) {
                    for (String name : List.of("f", "g")) {
                        assertThat(tree.resolve("1/" + name)).as(tree.toString()).hasContent("one");
                        assertThat(tree.resolve("2/" + name)).as(tree.toString()).hasContent("two");
                    }
                }
            } finally {
                Shell.run(directory, "umount both/1; umount both/2");
            }
        }
    }

    @Test
    void aFileKeepsItsNamesWhereEachNameHasANumber() throws Exception {
        Path source = make("source");
        Shell.ok(source,
                "mkdir d; for i in 1 2 3; do echo $i > f$i; ln f$i d/g$i; ln f$i h$i; done; ln -s x l; ln -P l m");
        Tree before = Tree.of(source);
        try (MountedFileSystem union = MountedFileSystem.union(make("union"), make("one"), make("other"))) {
            Path restored = union.path().resolve("restored");
            try (Plakar plakar = Plakar.withFiles(directory)) {
                Snapshot snapshot = backup(plakar, source);
                snapshot.restore("files://" + restored);
                snapshot.restore("files://" + restored); // each name replaces the file that has it
            }
        }
        Path branch = Files.exists(directory.resolve("one/restored"))
                ? directory.resolve("one/restored")
                : directory.resolve("other/restored");
        before.assertSame(Tree.of(branch));
        assertThat(number(branch.resolve("l"))).isEqualTo(number(branch.resolve("m")));
    }

    @Test
    void ofNamesThatCoincideTheFirstStaysAndTheOtherIsAnError() throws Exception {
        Path source = make("source");
        Shell.ok(source, "echo 1 > README; echo 22 > readme; mkdir D d; echo 3 > D/x; echo 4 > d/X; echo 5 > other");
        try (MountedFileSystem disk = MountedFileSystem.folding(make("disk"))) {
            Shell.ok(disk.path(), "echo x > Probe; test -e pROBE; rm Probe");
            Path restored = disk.path().resolve("restored");
            Outcome outcome;
            try (Plakar plakar = Plakar.withFiles(directory)) {
                Snapshot snapshot = backup(plakar, source);
                outcome = snapshot.repository().run("restore", "-to", "files://" + restored, snapshot.id());
            }
            assertThat(outcome.text()).contains("two names in the snapshot as one");
            List<String> errors = outcome.text().lines().filter(line -> line.contains(" KO ")).toList();
            assertThat(errors).as(outcome.text()).hasSize(3);
            assertThat(Files.readString(restored.resolve("README"))).isIn("1\n", "22\n");
            assertThat(errors).anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("/readme"))
                    .anyMatch(line -> line.contains("/d/X"));
            assertThat(restored.resolve("other")).hasContent("5");

            Path copied = disk.path().resolve("copied");
            Outcome copy = new KlosetCopy(make("copy")).run(source, copied);
            assertThat(copy.exit()).as(copy.toString()).isEqualTo(1);
            assertThat(copy.text()).contains("two names in the snapshot as one", "; 3 errors");
            assertThat(Files.readString(copied.resolve("README"))).isIn("1\n", "22\n");
        }
    }

    @Test
    void subvolumesAreBackedUpOrNamed() throws Exception {
        try (MountedFileSystem disk = MountedFileSystem.image(make("disk"), "btrfs", "btrfs-progs")) {
            Path source = Files.createDirectory(disk.path().resolve("source"));
            Shell.ok(source, "btrfs -q subvolume create a; btrfs -q subvolume create b; echo 1 > a/f; echo 2 > b/f; "
                    + "echo 3 > f; btrfs -q subvolume snapshot a a/again; cp --reflink=always f g");
            try (Plakar plakar = Plakar.withFiles(directory)) {
                Snapshot all = backup(plakar, source);
                all.restore("files://" + disk.path().resolve("restored"));
                Tree.of(source).assertSame(Tree.of(disk.path().resolve("restored")));

                Snapshot one = all.repository().backup("-o", "dont_traverse_fs=true", "files://" + source);
                assertThat(one.count("Files")).isEqualTo(2);
                assertThat(one.backup().text()).contains("nothing in " + source.resolve("a") + " is backed up",
                        "nothing in " + source.resolve("b") + " is backed up", "2 directories were backed up without");
            }
        }
    }

    @Test
    void aStickWithoutOwnersModesAndLinksTakesAllContents() throws Exception {
        try (MountedFileSystem disk = MountedFileSystem.exfat(make("disk"))) {
            assertContentsComeAndGo(disk);
        }
    }

    @Test
    void anOldStickTakesAllContentsToo() throws Exception {
        try (MountedFileSystem disk = MountedFileSystem.image(make("disk"), "vfat", "dosfstools")) {
            assertContentsComeAndGo(disk);
        }
    }

    @Test
    void unsupportedEntriesOnAStickAreReportedAndLeaveNoTemporary() throws Exception {
        Path source = make("source");
        Shell.ok(source, "mkfifo pipe; ln -s target link; echo x > f");
        try (MountedFileSystem disk = MountedFileSystem.exfat(make("disk"))) {
            Path restored = disk.path().resolve("restored");
            try (Plakar plakar = Plakar.withFiles(directory)) {
                Snapshot snapshot = backup(plakar, source);
                for (int i = 0; i < 2; i++) {
                    assertThat(snapshot.restore("files://" + restored).text()).contains("cannot restore /pipe: ",
                            "cannot restore /link: ");
                }
            }
            assertThat(restored.resolve("f")).hasContent("x");
            assertThat(Shell.ok(restored, "ls -A").lines()).allMatch(name -> name.matches("f|pipe|link"));
        }
    }

    private void assertContentsComeAndGo(MountedFileSystem disk) throws Exception {
        Path source = make("source");
        TreeMaker maker = TreeMaker.in(source);
        maker.plainFiles();
        maker.hardLinks("hard", 2);
        Path restored = disk.path().resolve("restored");
        Tree before = Tree.of(source).within(Duration.ofSeconds(2));
        Aspect[] ignored = { Aspect.MODE, Aspect.OWNER, Aspect.HARD_LINKS };
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = backup(plakar, source);
            snapshot.restore("files://" + restored);
            before.assertSame(Tree.of(restored), ignored);

            Snapshot back = snapshot.repository().backup("files://" + restored);
            assertThat(back.count("Errors")).isZero();
            back.restore("files://" + directory.resolve("back"));
        }
        before.assertSame(Tree.of(directory.resolve("back")), ignored);
    }
}
