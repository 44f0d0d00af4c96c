package dev.kloset.files.restore;

import static dev.kloset.files.restore.RestoreScript.TIME;
import static dev.kloset.files.restore.RestoreScript.info;
import static dev.kloset.files.restore.RestoreScript.posix;
import static dev.kloset.files.restore.RestoreScript.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.files.ByteByByte;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.posix.Xattrs;
import dev.kloset.files.restore.node.RestoreAcl;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreNode;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A restore with the system calls of Linux, which also withstands other processes. */
class RestoreAnchoredTest extends RestoreContract {

    private static final String REFUSAL = "cannot restore /f: another process has put something else in the place of its "
            + "temporary";

    @Override
    public RestoreNative calls() {
        return Objects.requireNonNull(RestoreNative.instance(), "this system has no such calls");
    }

    @Test
    void aDirectoryThatIsSwappedWhileAFileIsWrittenDoesNotRedirectIt() throws Exception {
        script.directory("/d", 0755).file(info("/d/precious").size(3), "/d/precious", () -> {
            Files.move(root.resolve("d"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("d"), outside);
            return text("new");
        }).file("/d/more", "more").symlink("/d/link", "x").directory("/d/dir", 0755);
        restore();
        assertOutsideIsUntouched();
        assertThat(root.resolve("moved/precious")).hasContent("new");
        assertThat(root.resolve("moved/more")).hasContent("more");
    }

    @Test
    void aTemporaryThatIsSwappedForALinkDoesNotRedirectModeOwnerAndTime() throws Exception {
        swapTheTemporary(temporary -> Files.createSymbolicLink(temporary, outside.resolve("precious")));
        assertOutsideIsUntouched();
    }

    @Test
    void aTemporaryThatIsSwappedForAHardLinkDoesNotRedirectModeOwnerAndTime() throws Exception {
        swapTheTemporary(temporary -> Files.createLink(temporary, outside.resolve("precious")));
        assertOutsideIsUntouched();
    }

    @Test
    void aTemporaryThatIsSwappedForAFileDoesNotBecomeTheFile() throws Exception {
        swapTheTemporary(temporary -> Files.writeString(temporary, "evil"));
        assertThat(script.result("/f")).isIn("ok", REFUSAL);
        assertThat(Files.exists(root.resolve("f"))).isEqualTo(script.result("/f").equals("ok"));
        if (Files.exists(root.resolve("f"))) {
            assertThat(root.resolve("f")).hasContent("new");
        }
    }

    /** What another process with write access to the directory does. */
    private interface Swap {
        void put(Path temporary) throws IOException;
    }

    private void swapTheTemporary(Swap swap) throws Exception {
        Path precious = outside.resolve("precious");
        Map<String, Object> before = Files.readAttributes(precious, "unix:mode,uid,lastModifiedTime");
        int uid = (Integer) Files.getAttribute(precious, "unix:uid");
        int gid = (Integer) Files.getAttribute(precious, "unix:gid");
        script.file(info("/f").mode(posix(04755)).uid(uid).gid(gid).username("me"), "/f", () -> {
            for (String temporary : tree()) {
                Files.delete(root.resolve(temporary));
                swap.put(root.resolve(temporary));
            }
            return text("new");
        });
        restore();
        assertThat(Files.readAttributes(precious, "unix:mode,uid,lastModifiedTime")).isEqualTo(before);
    }

    @Test
    void anUnfinishedFileHasNoNameWhereThatIsPossible() throws Exception {
        List<String> names = new ArrayList<>();
        Files.createDirectory(root);
        Files.writeString(root.resolve("old"), "old");
        script.file(info("/f").size(3), "/f", () -> new FilterInputStream(text("new")) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                names.addAll(names.isEmpty() ? tree() : List.of());
                return super.read(buffer, offset, length);
            }
        }).file("/old", "new");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(names).hasSize(namesOnTheWay());
        assertThat(tree()).containsExactly("f", "old");
        assertThat(root.resolve("old")).hasContent("new");
    }

    /** {@return how many names there are beside one old file while another is written} */
    int namesOnTheWay() {
        return 1;
    }

    @Test
    void filesAreOnTheDiskBeforeTheirNamesAndAllNamesBeforeTheEnd() throws Exception {
        List<String> forced = Collections.synchronizedList(new ArrayList<>());
        Disk disk = new Disk() {
            @Override
            public void force(Path path, FileChannel channel) throws IOException {
                forced.add("file of " + channel.size() + (Files.exists(path) ? " after" : " before"));
                super.force(path, channel);
            }

            @Override
            public void forceFileSystem(RestoreNative calls, int descriptor) throws IOException {
                forced.add("all of " + tree());
                super.forceFileSystem(calls, descriptor);
            }
        };
        script.directory("/", 0755).directory("/d", 0755).file("/d/f", "content").symlink("/l", "d");
        RestoreTree tree = openTree(root);
        try (RestoreRun run = new RestoreRun(tree,
                new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                new RestoredFiles(false), script, 4, disk)) {
            run.restore(script);
        }
        assertThat(forced).containsExactly("file of 7 before", "all of [d, d/f, l]");
    }

    @Test
    void aNonEmptyDirectoryGivesWayOnRequest() throws Exception {
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(2).size(4);
        List<String> names = List.of("file", "link", "pipe", "hard link");
        for (String name : names) {
            Path below = Files.createDirectories(root.resolve(name + "/a/b"));
            Files.writeString(below.resolve("old"), "old");
            Files.createSymbolicLink(below.resolve("out"), outside);
        }
        script.file("/first", "x")
                .file(shared, "/one", () -> text("same"))
                .file(info("/file").size(4), "/file", () -> {
                    // As late as possible: when its complete replacement is there.
                    assertThat(root.resolve("file/a/b/old")).hasContent("old");
                    return text("same");
                })
                .symlink("/link", "x")
                .add(FileRecord.of("/pipe", info("/pipe").mode(posix(0010640)).build()))
                .file(shared, "/hard link", () -> text("same"));
        restoreReplacingDirectories();
        assertThat(script.errors()).isEmpty();
        assertThat(tree()).containsExactly("file", "first", "hard link", "link", "one", "pipe");
        assertThat(Files.isSameFile(root.resolve("one"), root.resolve("hard link"))).isTrue();
        assertOutsideIsUntouched();
    }

    @Test
    void aDirectoryStaysIfItsReplacementIsIncomplete() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("f/a")).resolve("old"), "old");
        script.file(info("/f").size(8), "/f", () -> new SequenceInputStream(text("half"), new ByteByByte(_ -> {
            throw new IOException("the host stopped in the middle");
        }))).symlink("/f", "");
        restoreReplacingDirectories();
        assertThat(script.errors()).containsOnlyKeys("/f");
        assertThat(root.resolve("f/a/old")).hasContent("old");
    }

    /** As on a file system without upper and lower case: the second record of a name means another name. */
    @Test
    void aDirectoryThatIsAlsoInTheSnapshotIsNotReplaced() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("d/old")).resolve("x"), "old");
        script.directory("/d", 0755).file("/e/f", "new").file("/d", "x").file(info("/e").size(1), "/e", () -> {
            script.await("/e/f");
            return text("x");
        });
        restoreReplacingDirectories();
        assertThat(script.result("/d"))
                .contains("cannot restore /d: this restore has already put another file under this name");
        assertThat(script.result("/e")).contains(
                "cannot restore /e: a directory that is not empty is in its place; nothing was removed, because"
                        + " \"f\" in it could not be removed: this restore has already put another file under this name");
        assertThat(tree()).containsExactly("d", "d/old", "d/old/x", "e", "e/f");
    }

    @Test
    void theRestOfADirectoryIsReportedForFilesAndForHardLinks() throws Exception {
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(2).size(4);
        script.file(shared, "/one", () -> text("same"))
                .file("/d/a/mine", "new")
                .file(shared, "/d", () -> {
                    script.await("/d/a/mine");
                    Files.writeString(root.resolve("d/other"), "old");
                    return text("same");
                });
        restoreReplacingDirectories();
        assertThat(script.result("/d"))
                .matches("cannot restore /d: a directory that is not empty is in its place; "
                        + "(nothing was removed|only a part was removed, 1 entries), because \"a/mine\" in it could not be removed: "
                        + "this restore has already put .*");
        assertThat(root.resolve("d/a/mine")).hasContent("new");
    }

    @Test
    void targetsAreKeptLetterByLetter() throws Exception {
        script.symlink("/l", "../a//b/./é/");
        restore();
        assertThat(script.errors()).isEmpty();
        Process readlink = new ProcessBuilder("readlink", root.resolve("l").toString()).start();
        assertThat(new String(readlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("../a//b/./é/\n");
    }

    @Test
    void timesBeforeTheEpochAreExact() throws Exception {
        timesAreExact(
                List.of(Instant.parse("1969-12-31T23:59:59.999999999Z"), Instant.parse("1914-07-28T11:00:00.12345Z")));
    }

    @Test
    void timesOfOtherCenturiesAreExact() throws Exception {
        script.file(info("/f").modTime(Instant.parse("2300-01-01T00:00:00.000000001Z")), "/f", () -> text("x"));
        restore();
        assertThat(script.errors()).isEmpty();
        // Java itself cannot read such a time to the nanosecond.
        Process stat = new ProcessBuilder("env", "TZ=UTC", "stat", "-c", "%y", root.resolve("f").toString()).start();
        assertThat(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("2300-01-01 00:00:00.000000001 +0000\n");
    }

    @Test
    void pathsMayBeLongerThanTheSystemAllows() throws Exception {
        String name = "d".repeat(250);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            path.append('/').append(name);
            script.directory(path.toString(), 0755);
        }
        script.file(path + "/f", "deep");
        restore();
        assertThat(script.errors()).isEmpty();
        try (RestoreTree tree = openTree(root); RestoreDirectory last = tree.find(path.toString())) {
            assertThat(last.at("f")).hasContent("deep");
        }
        new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor();
    }

    @Test
    void noDescriptorIsLeftOpen() throws Exception {
        script.directory("/a", 0755).file("/a/b/c", "x").symlink("/a/l", "b").file("/a/l/x", "refused").file("/d", "x");
        restore();
        assertThat(descriptors()).noneMatch(path -> path.startsWith(root.toString()));
    }

    private static List<String> descriptors() {
        File[] all = Objects.requireNonNull(new File("/proc/self/fd").listFiles());
        return Stream.of(all).map(file -> readLink(file.toPath())).toList();
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    @Test
    void systemErrorsAreThoseOfJava() throws Exception {
        int at = RestoreNative.WORKING_DIRECTORY;
        String there = outside.resolve("precious").toString();
        assertThatThrownBy(() -> calls().openDirectory(at, base.resolve("none").toString()))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> calls().openDirectory(at, there)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> calls().makeSymlink("x", at, there)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> calls().makeSymlink("x\0y", at, "l")).isInstanceOf(InvalidPathException.class)
                .satisfies(e -> assertThat(RestoreReason.of(e))
                        .isEqualTo("its name is impossible here: it contains a zero"));
        assertThatThrownBy(() -> calls().sync(-1)).hasMessageContaining("Bad file descriptor");
        assertThat(RestoreReason.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThatThrownBy(() -> calls().openDirectory(at, "x".repeat(300)))
                .satisfies(e -> assertThat(RestoreReason.of(e)).isEqualTo("file name too long"));
    }

    /** {@return an access list in Linux's format: owner rwx, a named user, no group rights, a mask, no rights for others} */
    private static byte[] accessList() {
        int[][] entries = { { 0x01, 7, -1 }, { 0x02, 6, 12_345 }, { 0x04, 0, -1 }, { 0x10, 6, -1 }, { 0x20, 0, -1 } };
        ByteBuffer list = ByteBuffer.allocate(4 + 8 * entries.length).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        for (int[] entry : entries) {
            list.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return list.array();
    }

    private static boolean hasList(Path file, String attribute) {
        return Xattrs.has(WalkName.bytes(file), attribute);
    }

    private void give(Path file, String attribute, byte[] list) throws IOException {
        try (RestoreNode node = RestoreNode.named(file)) {
            node.setXattr(attribute, list);
        } catch (IOException e) {
            Assumptions.abort("no access lists here: " + e.getMessage());
        }
    }

    private FileRecord announcing(FileRecord file, String... names) {
        return file.withXattrNames(List.of(names));
    }

    private static XattrRecord xattr(String path, String name, byte[] value) {
        return XattrRecord.of(path, name, () -> new ByteArrayInputStream(value));
    }

    @Test
    void theGroupGetsNoRightsOfAnAccessListUntilTheListComes() throws Exception {
        give(Files.createFile(base.resolve("try")), RestoreAcl.ACCESS, accessList());
        FileRecord withList = announcing(FileRecord.received("/with", info("/with").mode(posix(0100760)).build(), "",
                List.of(), 0, () -> text("x")), RestoreAcl.ACCESS);
        FileRecord without = announcing(
                FileRecord.received("/without", info("/without").mode(posix(0100760)).build(), "",
                        List.of(), 0, () -> text("x")),
                RestoreAcl.ACCESS);
        FileRecord directory = announcing(FileRecord.of("/d", info("/d").mode(posix(0040760)).build()),
                RestoreAcl.ACCESS, RestoreAcl.DEFAULT);
        script.add(directory)
                .add(xattr("/d", RestoreAcl.ACCESS, accessList()))
                .add(xattr("/d", RestoreAcl.DEFAULT, accessList()))
                .file("/d/inside", "x")
                .add(withList)
                .add(xattr("/with", RestoreAcl.ACCESS, accessList()))
                .add(without);
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("with", "without", "d")).containsExactly("100760", "100700", "40760");
        assertThat(hasList(root.resolve("with"), RestoreAcl.ACCESS)).isTrue();
        assertThat(hasList(root.resolve("d"), RestoreAcl.ACCESS)).isTrue();
        assertThat(hasList(root.resolve("d"), RestoreAcl.DEFAULT)).isTrue();
        assertThat(hasList(root.resolve("d/inside"), RestoreAcl.ACCESS)).isFalse();
    }

    @Test
    void inheritedListsOfTheTargetDirectoryAreRemoved() throws Exception {
        Files.createDirectory(root);
        give(root, RestoreAcl.DEFAULT, accessList());
        script.file(info("/f").size(1).mode(posix(0100660)), "/f", () -> text("x"))
                .directory("/d", 0770)
                .file("/d/g", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        for (String path : List.of("f", "d", "d/g")) {
            assertThat(hasList(root.resolve(path), RestoreAcl.ACCESS)).as(path).isFalse();
            assertThat(hasList(root.resolve(path), RestoreAcl.DEFAULT)).as(path).isFalse();
        }
        assertThat(hasList(root, RestoreAcl.DEFAULT)).isTrue();
    }

    @Test
    void attributesWithPathsOfTheSnapshotReachTheFilesThatAnnouncedThem() throws Exception {
        give(Files.createFile(base.resolve("try")), "user.x", new byte[]{ 1 });
        script.add(
                FileRecord.received("/", info("/").name("docs").mode(posix(0040755)).build(), "", List.of(), 0, null))
                .add(announcing(FileRecord.received("/f", info("/f").build(), "", List.of(), 0, () -> text("x")),
                        "user.x"))
                .file("/g", "x")
                .add(xattr("/home/u/docs/f", "user.x", new byte[]{ 7 }))
                .add(xattr("/home/u/docs/g", "user.x", new byte[]{ 7 }))
                .add(xattr("/home/u/docs/f", "user.y", new byte[]{ 7 }))
                .add(xattr("/home/u/other/f", "user.x", new byte[]{ 8 }));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(
                Xattrs.value(WalkName.bytes(root.resolve("f")), "user.x".getBytes(StandardCharsets.UTF_8), false))
                .containsExactly(7);
        assertThat(hasList(root.resolve("g"), "user.x")).isFalse();
        assertThat(hasList(root.resolve("f"), "user.y")).isFalse();
    }

    @Test
    void anAttributeThatFitsTwoFilesGoesToNeither() throws Exception {
        give(Files.createFile(base.resolve("try")), "user.x", new byte[]{ 1 });
        script.add(FileRecord.received("/", info("/").name("u").mode(posix(0040755)).build(), "", List.of(), 0, null))
                .add(announcing(FileRecord.received("/f", info("/f").build(), "", List.of(), 0, () -> text("x")),
                        "user.x"))
                .directory("/home", 0755)
                .directory("/home/u", 0755)
                .add(announcing(FileRecord.received("/home/u/f", info("/f").build(), "", List.of(), 0, () -> text("x")),
                        "user.x"))
                .add(xattr("/home/u/f", "user.x", new byte[]{ 7 }));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(hasList(root.resolve("f"), "user.x")).isFalse();
        assertThat(hasList(root.resolve("home/u/f"), "user.x")).isFalse();
    }

    @Test
    void aPipeIsMade() throws Exception {
        script.add(FileRecord.of("/p", info("/p").mode(posix(0010640)).build()));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("p")).containsExactly("10640");
        assertThat(time("p")).isEqualTo(TIME);
    }
}
