package dev.kloset.files.restore;

import static dev.kloset.files.restore.RestoreScript.TIME;
import static dev.kloset.files.restore.RestoreScript.info;
import static dev.kloset.files.restore.RestoreScript.posix;
import static dev.kloset.files.restore.RestoreScript.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.files.ByteByByte;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.ProcessIdentity;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.restore.link.RestoreLinks;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreFile;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import dev.kloset.files.source.SourceFile;
import dev.kloset.files.source.SourcePlace;
import dev.kloset.files.source.SourceTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore does whatever the system offers; tested once for each way to walk directories. */
public abstract class RestoreContract {

    @TempDir
    public Path base;

    public Path root;
    public Path outside;
    public RestoreScript script = new RestoreScript();

    public abstract @Nullable RestoreNative calls();

    public RestoreTree openTree(Path start) throws IOException {
        return RestoreTree.open(start, calls());
    }

    @BeforeEach
    void makeOutside() throws IOException {
        root = base.resolve("root");
        outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        // Independent of the current user's umask.
        Files.setAttribute(base, "unix:mode", 0755);
        Files.setAttribute(outside, "unix:mode", 0755);
        Files.setAttribute(outside.resolve("precious"), "unix:mode", 0644);
    }

    public void restore() throws Exception {
        restore(false);
    }

    void restore(boolean skipOwner) throws Exception {
        restore(new RestoreMetadata(skipOwner, false, new RestoreOwners(new OwnerNumbers(true), false)));
    }

    private void restore(RestoreMetadata metadata) throws Exception {
        restore(metadata, new RestoredFiles(false));
    }

    private void restore(RestoreMetadata metadata, RestoredFiles made) throws Exception {
        RestoreTree tree = openTree(root);
        try (RestoreRun run = new RestoreRun(tree, metadata, made, script, 4)) {
            run.restore(script);
        }
    }

    public final void restoreReplacingDirectories() throws Exception {
        restore(new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                new RestoredFiles(true));
    }

    @Test
    void aTreeComesBackWithModesAndTimes() throws Exception {
        script.directory("/", 0755)
                .directory("/a", 0750)
                .file(info("/a/x").mode(posix(0640)).size(5), "/a/x", () -> text("hello"))
                .directory("/a/closed", 0)
                .file(info("/a/closed/y").mode(posix(0)), "/a/closed/y", () -> text("secret"))
                .symlink("/a/z", "../nowhere")
                .directory("/b", 0555);
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(script.resultCount()).isEqualTo(7);
        assertThat(modes("", "a", "a/x", "a/closed", "b")).containsExactly("40755", "40750", "100640", "40000",
                "40555");
        Instant closed = time("a/closed");
        // The restored directory may be closed even to its owner.
        Files.setAttribute(root.resolve("a/closed"), "unix:mode", 0700);
        assertThat(tree()).containsExactly("a", "a/closed", "a/closed/y", "a/x", "a/z", "b");
        assertThat(modes("a/closed/y")).containsExactly("100000");
        assertThat(time("a/closed")).isEqualTo(closed);
        Files.setAttribute(root.resolve("a/closed/y"), "unix:mode", 0600);
        assertThat(root.resolve("a/x")).hasContent("hello");
        assertThat(root.resolve("a/closed/y")).hasContent("secret");
        for (String path : List.of("", "a", "a/x", "a/closed", "a/closed/y", "a/z", "b")) {
            assertThat(time(path)).as(path).isEqualTo(TIME);
        }
    }

    @Test
    void theRootIsMadeWithItsParentsWhateverItsName() throws Exception {
        root = base.resolve("p/q/root");
        script.add(FileRecord.received("/", info("/").name("original").mode(posix(0041700)).build(), "", List.of(), 0,
                null)).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("41700");
        assertThat(root.resolve("f")).hasContent("x");
    }

    @Test
    void anExistingRootStaysUnchangedByDefault() throws Exception {
        Files.createDirectory(root);
        Files.setAttribute(root, "unix:mode", 01777);
        script.directory("/", 0750).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("41777");
        assertThat(time("")).isEqualTo(TIME);

        script = new RestoreScript();
        script.directory("/", 0750).file("/f", "x");
        restore(new RestoreMetadata(false, true, new RestoreOwners(new OwnerNumbers(true), false)));
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("40750");
        assertThat(time("")).isEqualTo(TIME);
    }

    /** A root without its mode yet is that of a killed restore. */
    @Test
    void theRootOfAKilledRestoreIsFinishedByTheNextOne() throws Exception {
        openTree(root).close();
        assertThat(modes("")).containsExactly("40700");
        script.directory("/", 0755).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("40755");
        assertThat(Files.getFileAttributeView(root, UserDefinedFileAttributeView.class).list()).isEmpty();

        Files.setAttribute(root, "unix:mode", 0700);
        script = new RestoreScript();
        script.directory("/", 0755).file("/f", "x");
        restore();
        assertThat(modes("")).containsExactly("40700");
    }

    @Test
    void aNameThatIsBlockedDoesNotKeepTheLaterOnesFromTheFirst() throws Exception {
        Files.createDirectories(root.resolve("b/full"));
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(4).size(4);
        script.directory("/", 0755);
        for (String name : List.of("a", "b", "c", "d")) {
            script.file(shared.name(name), "/" + name, () -> text("same"));
        }
        restore();
        assertThat(script.errors()).hasSize(1);
        assertThat(Files.getAttribute(root.resolve("a"), "unix:nlink")).isEqualTo(3);
        assertThat(root.resolve("d")).hasContent("same");
    }

    @Test
    void aMadeUpRootDoesNotChangeAnExistingDirectory() throws Exception {
        Files.createDirectory(root);
        Files.setAttribute(root, "unix:mode", 01777);
        script.add(FileRecord.of("/", FileInfo.builder("/").mode(FileMode.directory(0700)).build())).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("41777");
        assertThat(root.resolve("f")).hasContent("x");
    }

    @Test
    void anExistingDirectoryThatKeepsItsModeHasItAfterwards() throws Exception {
        Files.createDirectory(root);
        Files.setAttribute(root, "unix:mode", 0555);
        script.add(FileRecord.of("/", FileInfo.builder("/").mode(FileMode.directory(0700)).build())).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("")).containsExactly("40555");
        Files.setAttribute(root, "unix:mode", 0755);
    }

    @Test
    void theRootMayBeALinkOfTheUser() throws Exception {
        Files.createSymbolicLink(root, outside);
        script.directory("/", 0711).file("/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(outside.resolve("f")).hasContent("x");
        assertThat(root).isSymbolicLink();
    }

    @Test
    void aRootThatIsAFileFailsTheRestore() throws Exception {
        Files.writeString(root, "");
        assertThatThrownBy(this::restore)
                .hasMessage("cannot restore to " + root + ": " + root + " is not a directory");
        root = root.resolve("below");
        assertThatThrownBy(this::restore).hasMessageStartingWith("cannot restore to " + root + ": ");
    }

    @Test
    void missingDirectoriesAreMadeForTheOwnerOnly() throws Exception {
        script.file("/a/b/c", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("a", "a/b")).containsExactly("40700", "40700");
        assertThat(root.resolve("a/b/c")).hasContent("x");
    }

    @Test
    void directoriesMayComeInAnyOrder() throws Exception {
        script.directory("/a/b", 0500)
                .file("/a/b/c", "x")
                .directory("/d", 0700)
                .directory("/a", 0511)
                .directory("/", 0755);
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("", "a", "a/b")).containsExactly("40755", "40511", "40500");
        assertThat(List.of(time(""), time("a"), time("a/b"))).containsOnly(TIME);
    }

    @Test
    void directoriesGetTheirResultsOnceTheWalkHasLeftThem() throws Exception {
        script.directory("/", 0755);
        for (int i = 0; i < 300; i++) {
            script.directory("/d" + i, 0755).file("/d" + i + "/f", "x").directory("/d" + i + "/e", 0750);
        }
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(script.resultCount()).isEqualTo(901);
        // The root, one directory on the way down, a file and its directory for each of four workers, and the next record.
        assertThat(script.mostUnanswered()).isLessThan(20);
        assertThat(List.of(time(""), time("d0"), time("d299"), time("d299/e"))).containsOnly(TIME);
        assertThat(modes("d7", "d7/e")).containsExactly("40755", "40750");
    }

    @Test
    void aDirectoryToWhichTheWalkComesBackKeepsItsTime() throws Exception {
        script.directory("/", 0755)
                .directory("/a", 0755)
                .directory("/read-only", 0555)
                .directory("/b", 0755)
                .file("/a/late", "x")
                .directory("/read-only/late", 0755)
                .symlink("/a/link", "late");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("a", "read-only")).containsExactly("40755", "40555");
        assertThat(List.of(time("a"), time("read-only"), time("b"))).containsOnly(TIME);
        Files.setAttribute(root.resolve("read-only"), "unix:mode", 0755);
    }

    @Test
    void aFileAndSomethingBelowItNeverRace() throws Exception {
        for (int i = 0; i < 200; i++) {
            script.file("/f" + i, "x").file("/f" + i + "/below", "y").file("/g" + i, "old").file("/g" + i, "new");
        }
        restore();
        for (int i = 0; i < 200; i++) {
            assertThat(script.result("/f" + i)).isEqualTo("ok");
            assertThat(script.result("/f" + i + "/below"))
                    .isEqualTo("cannot restore /f" + i + "/below: \"f" + i + "\" on the way is not a directory");
            assertThat(script.result("/g" + i))
                    .startsWith("ok | cannot restore /g" + i + ": this restore has already put");
            assertThat(root.resolve("g" + i)).hasContent("old");
        }
    }

    @Test
    void setuidSetgidAndStickyComeBack() throws Exception {
        int uid = (Integer) Files.getAttribute(base, "unix:uid");
        int gid = (Integer) Files.getAttribute(base, "unix:gid");
        script.add(FileRecord.of("/d", info("/d").mode(posix(0043775)).uid(uid).gid(gid).username("me").build()))
                .file(info("/u").mode(posix(04755)).uid(uid).gid(gid), "/u", () -> text("x"))
                .file(info("/g").mode(posix(02755)).uid(uid).gid(gid), "/g", () -> text("x"))
                .file(info("/t").mode(posix(01644)), "/t", () -> text("x"));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(modes("d", "u", "g", "t")).containsExactly("43775", "104755", "102755", "101644");
    }

    @Test
    void ownersComeBackAndSetuidWithThem() throws Exception {
        assumeTrue(Files.getAttribute(base, "unix:uid").equals(0), "only root gives files away");
        script.add(FileRecord.of("/d", info("/d").mode(posix(0040755)).uid(1234).gid(5678).build()))
                .file(info("/d/f").mode(posix(06755)).uid(1001).gid(1002), "/d/f", () -> text("x"))
                .add(FileRecord.symlink("/d/l", info("/d/l").mode(FileMode.symlink()).uid(7).gid(8).build(), "f"));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(owner("d")).isEqualTo("1234:5678");
        assertThat(owner("d/f")).isEqualTo("1001:1002");
        assertThat(owner("d/l")).isEqualTo("7:8");
        assertThat(modes("d/f")).containsExactly("106755");
    }

    @Test
    void anOwnerIsFoundByNameIfThisMachineKnowsIt() throws Exception {
        assumeTrue(Files.getAttribute(base, "unix:uid").equals(0), "only root gives files away");
        script.file(info("/by name").uid(4321).gid(4321).username("nobody").groupname("nogroup"), "/by name",
                () -> text("x"))
                .file(info("/unknown").uid(4321).gid(4322).username("no such user"), "/unknown", () -> text("x"))
                .file(info("/root").uid(0).gid(0).username("nobody").groupname("nogroup"), "/root", () -> text("x"));
        restore();
        assertThat(script.errors()).isEmpty();
        Path ofUserNobody = Files.createFile(base.resolve("nobody's"));
        Files.setOwner(ofUserNobody,
                base.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThat(Files.getAttribute(root.resolve("by name"), "unix:uid"))
                .isEqualTo(Files.getAttribute(ofUserNobody, "unix:uid"))
                .isNotEqualTo(4321);
        assertThat(owner("unknown")).isEqualTo("4321:4322");
        assertThat(owner("root")).isEqualTo("0:0");
        assertThat(new OwnerNumbers(false).user("nobody", 4321)).isEqualTo(4321);
    }

    @Test
    void anOwnerThatDoesNotExistIsAnError() throws Exception {
        script.file(info("/f").uid(0xFFFF_FFFFL).gid(-5), "/f", () -> text("x"));
        restore();
        assertThat(script.result("/f")).isEqualTo("restored /f, but its owner 4294967295 could not be set: "
                + "there is no such number; its group -5 could not be set: there is no such number");
        assertThat(root.resolve("f")).hasContent("x");
    }

    @Test
    void withoutOwnersSetuidIsDropped() throws Exception {
        int stranger = (Integer) Files.getAttribute(root.getParent(), "unix:uid") + 1;
        script.file(info("/f").uid(stranger).gid(1002), "/f", () -> text("x"))
                .file(info("/s").uid(stranger).mode(posix(04755)), "/s", () -> text("x"));
        restore(true);
        assertThat(script.result("/f")).isEqualTo("ok");
        assertThat(script.result("/s"))
                .isEqualTo("restored /s, but without setuid, because it now belongs to another user");
        assertThat(owner("f")).isEqualTo(owner(""));
        assertThat(modes("s")).containsExactly("100755");
    }

    @Test
    void timesAreExactForAllKinds() throws Exception {
        List<Instant> times = Stream
                .of("1970-01-01T00:00:00.000000001Z", "2001-09-09T01:46:40Z", "2038-01-19T03:14:08.999999999Z",
                        "1955-11-05T06:15:00Z")
                .map(Instant::parse)
                .toList();
        timesAreExact(times);
    }

    public final void timesAreExact(List<Instant> times) throws Exception {
        for (int i = 0; i < times.size(); i++) {
            Instant time = times.get(i);
            script.add(FileRecord.of("/d" + i, info("/d" + i).mode(FileMode.directory(0755)).modTime(time).build()))
                    .file(info("/f" + i).modTime(time), "/f" + i, () -> text("x"))
                    .add(FileRecord.symlink("/l" + i, info("/l" + i).mode(FileMode.symlink()).modTime(time).build(),
                            "x"));
        }
        restore();
        assertThat(script.errors()).isEmpty();
        for (int i = 0; i < times.size(); i++) {
            assertThat(List.of(time("d" + i), time("f" + i), time("l" + i))).containsOnly(times.get(i));
        }
    }

    @Test
    void aTimeOutOfRangeIsAnErrorAndAnUnknownOneIsNot() throws Exception {
        script.file(info("/old").modTime(Instant.parse("0033-04-03T15:00:00Z")), "/old", () -> text("x"))
                .file(info("/zero").modTime(Instant.parse("0001-01-01T00:00:00Z")), "/zero", () -> text("x"));
        restore();
        // Whether the time can be kept depends on the file system under the tests.
        Instant old = Instant.parse("0033-04-03T15:00:00Z");
        assertThat(script.result("/old")).isEqualTo(time("old").equals(old)
                ? "ok"
                : "restored /old, but its time is " + time("old") + ", because " + old + " is out of range here");
        assertThat(script.result("/zero")).isEqualTo("ok");
        assertThat(time("zero")).isAfter(TIME);
    }

    @Test
    void restoredLinksAreNotFollowed() throws Exception {
        script.symlink("/link", outside.toString())
                .file("/link/precious", "overwritten")
                .file("/link/new", "new")
                .directory("/link/dir", 0755)
                .symlink("/link/sub", "x")
                .file("/link/a/b", "deep")
                .directory("/link", 0777);
        restore();
        String onTheWay = ": \"link\" on the way is a symbolic link";
        for (String path : List.of("/link/precious", "/link/new", "/link/dir", "/link/sub", "/link/a/b")) {
            assertThat(script.result(path)).isEqualTo("cannot restore " + path + onTheWay);
        }
        assertThat(script.result("/link"))
                .startsWith("ok | cannot restore /link: this restore has already put another file");
        assertOutsideIsUntouched();
    }

    @Test
    void linksThatExistedBeforeAreNotFollowed() throws Exception {
        Files.createDirectory(root);
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("precious"));
        script.directory("/link", 0777).file("/link/new", "new").file("/file", "mine");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(root.resolve("link")).isDirectory();
        assertThat(Files.isSymbolicLink(root.resolve("link"))).isFalse();
        assertThat(root.resolve("link/new")).hasContent("new");
        assertThat(script.result("/file")).isEqualTo("ok");
        assertThat(Files.isSymbolicLink(root.resolve("file"))).isFalse();
        assertThat(root.resolve("file")).hasContent("mine");
        assertOutsideIsUntouched();
    }

    @Test
    void aDirectoryThatBecomesALinkIsNotEnteredAgain() throws Exception {
        script.directory("/d", 0755).file("/d/one", "1").file(info("/e"), "/e", () -> {
            script.await("/d/one");
            Files.move(root.resolve("d"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("d"), outside);
            return text("e");
        }).file("/d/precious", "overwritten");
        restore();
        assertThat(script.result("/d/precious")).contains("\"d\" on the way is a symbolic link");
        // The last worker in the directory finishes it: before the swap, during it or after. A directory known only by name is
        // then gone, or a link.
        assertThat(script.result("/d"))
                .matches(
                        "ok|(cannot restore /d: |restored /d, but its ).*(no such file or directory|it has become a symbolic link)");
        assertThat(root.resolve("moved/one")).hasContent("1");
        assertOutsideIsUntouched();
    }

    public final void assertOutsideIsUntouched() throws IOException {
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("precious"));
        }
        assertThat(outside.resolve("precious")).hasContent("precious");
        assertThat(Integer.toOctalString((Integer) Files.getAttribute(outside, "unix:mode"))).endsWith("755");
    }

    @Test
    void aFileOnTheWayIsAnError() throws Exception {
        Files.createDirectory(root);
        Files.writeString(root.resolve("f"), "x");
        script.file("/f/below", "y").directory("/f", 0755);
        restore();
        assertThat(script.result("/f/below")).isEqualTo("cannot restore /f/below: \"f\" on the way is not a directory");
        assertThat(script.errors()).containsOnlyKeys("/f/below");
        assertThat(root.resolve("f")).isEmptyDirectory();
    }

    @Test
    void filesAndEmptyDirectoriesGiveWayAndNonEmptyOnesStay() throws Exception {
        Files.createDirectories(root.resolve("dir/full"));
        Files.writeString(root.resolve("file"), "old");
        Files.writeString(root.resolve("link"), "was a file");
        Files.createSymbolicLink(root.resolve("relink"), Path.of("old"));
        Files.writeString(root.resolve("dir/full/kept"), "kept");
        Files.createDirectory(root.resolve("empty"));
        Files.createDirectory(root.resolve("empty too"));
        Files.writeString(root.resolve("was a file"), "old");
        Files.createSymbolicLink(root.resolve("was a link"), outside);
        script.directory("/was a file", 0755)
                .file("/was a file/f", "inside")
                .directory("/was a link", 0755)
                .file("/was a link/f", "inside")
                .file("/empty", "x")
                .symlink("/empty too", "x")
                .file("/file", "new")
                .symlink("/link", "target")
                .symlink("/relink", "new")
                .file("/dir", "x")
                .symlink(
                        "/dir/full", "x");
        restore();
        assertThat(root.resolve("file")).hasContent("new");
        assertThat(Files.readSymbolicLink(root.resolve("link"))).hasToString("target");
        assertThat(Files.readSymbolicLink(root.resolve("relink"))).hasToString("new");
        assertThat(script.errors()).containsOnlyKeys("/dir", "/dir/full");
        assertThat(script.result("/dir"))
                .isEqualTo(
                        "cannot restore /dir: a directory that is not empty is in its place; with replace_directories it would be removed");
        assertThat(script.result("/dir/full"))
                .isEqualTo(
                        "cannot restore /dir/full: a directory that is not empty is in its place; with replace_directories it would be removed");
        assertThat(tree()).containsExactly("dir", "dir/full", "dir/full/kept", "empty", "empty too", "file", "link",
                "relink", "was a file", "was a file/f", "was a link", "was a link/f");
        assertThat(root.resolve("was a link/f")).hasContent("inside");
        assertThat(outside.resolve("f")).doesNotExist();
    }

    @Test
    void anExistingDirectoryIsKeptAndAdapted() throws Exception {
        Files.createDirectories(root.resolve("d"));
        Files.writeString(root.resolve("d/kept"), "kept");
        Files.setAttribute(root.resolve("d"), "unix:mode", 0);
        script.directory("/d", 0711).file("/d/new", "new");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(tree()).containsExactly("d", "d/kept", "d/new");
        assertThat(modes("d")).containsExactly("40711");
        assertThat(time("d")).isEqualTo(TIME);
    }

    @Test
    void devicesAndSocketsAreErrors() throws Exception {
        for (var kind : List.of("c0020000", "b0060000", "s0140000")) {
            String path = "/" + kind.charAt(0);
            script.add(
                    FileRecord.of(path, info(path).mode(posix(Integer.parseInt(kind.substring(1), 8) | 0644)).build()));
        }
        script.add(FileRecord.of("/i", info("/i").mode(new FileMode(0x0008_0000)).build()));
        restore();
        assertThat(script.result("/c")).isEqualTo("cannot restore /c: devices are not made");
        assertThat(script.result("/b")).isEqualTo("cannot restore /b: devices are not made");
        assertThat(script.result("/s")).isEqualTo("cannot restore /s: sockets are not made");
        assertThat(script.result("/i")).isEqualTo("cannot restore /i: files of an unknown kind are not made");
        assertThat(tree()).isEmpty();
    }

    @Test
    void theNumberOfFilesThatWaitForOtherNamesIsBounded() throws Exception {
        Files.createDirectory(root);
        try (RestoreTree tree = openTree(root)) {
            RestoreLinks links = new RestoreLinks(tree, new Temporaries(FilesExporter.TEMPORARY_PREFIX),
                    new RestoredFiles(false), new byte[4], 1);
            for (String name : List.of("first", "second")) {
                Path file = Files.writeString(root.resolve(name), name);
                links.written(linked(name))
                        .complete(new RestoreFile.Restored(FileIdentity.of(file), List.of()));
            }
            assertThat(links.link(linked("second").withPathname("/second too"), text("second")).problems()).isNull();
            assertThat(links.link(linked("first").withPathname("/first too"), text("first")).problems()).isEmpty();
            assertThat(root.resolve("first too")).hasContent("first");
            assertThat(root.resolve("second too")).doesNotExist();
        }
    }

    private static FileRecord linked(String name) {
        return FileRecord.file("/" + name, info("/" + name).nlink(2).build(), () -> text(name));
    }

    @Test
    void filesThatShareOnlyTheirNumbersStayTwoFiles() throws Exception {
        byte[] one = new byte[700_000];
        byte[] other = one.clone();
        other[600_000] = 1;
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(4).mode(posix(0640));
        script.file(shared.size(one.length), "/one", () -> new ByteArrayInputStream(one))
                .file(shared.size(one.length), "/other", () -> new ByteArrayInputStream(other))
                .file(shared.size(4), "/shorter", () -> text("same"))
                .file(shared.size(one.length), "/cut", () -> new ByteArrayInputStream(one, 0, 300_000))
                .file(shared.size(one.length), "/same", () -> new ByteArrayInputStream(one));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(root.resolve("one")).hasBinaryContent(one);
        assertThat(root.resolve("other")).hasBinaryContent(other);
        assertThat(root.resolve("shorter")).hasContent("same");
        assertThat(root.resolve("cut")).hasSize(300_000);
        assertThat(Set.of(key("one"), key("other"), key("shorter"), key("cut"))).hasSize(4);
        assertThat(key("same")).isEqualTo(key("one"));
    }

    @Test
    void symbolicLinksWithSeveralNamesAreLinkedAgain() throws Exception {
        FileInfo.Builder shared = info("/l").mode(FileMode.symlink()).dev(9).ino(98).nlink(2);
        script.add(FileRecord.symlink("/l", shared.name("l").build(), "nowhere"))
                .add(FileRecord.symlink("/m", shared.name("m").build(), "nowhere"))
                .add(FileRecord.symlink("/n", shared.name("n").ino(97).build(), "nowhere"));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(key("l")).isEqualTo(key("m")).isNotEqualTo(key("n"));
    }

    @Test
    void filesOfThisRestoreAreNeverReplaced() throws Exception {
        Path made = Files.writeString(Files.createDirectory(root).resolve("made"), "first");
        Path next = Files.writeString(root.resolve("next"), "second");
        Files.writeString(root.resolve("older"), "older");
        RestoredFiles files = new RestoredFiles(false);
        try (RestoreTree tree = openTree(root); RestoreDirectory directory = tree.find("/")) {
            files.replace(directory, "older", "next");
            files.add(Files.readAttributes(made, FileIdentity.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
            assertThatThrownBy(() -> files.replace(directory, "next", "made")).isInstanceOf(IOException.class)
                    .hasMessageContaining("treats two names in the snapshot as one");
        }
        assertThatThrownBy(() -> files.makeRoomForDirectory(made)).isInstanceOf(IOException.class);
        assertThat(made).hasContent("first");
        assertThat(next).hasContent("older");
    }

    @Test
    void namesOfAnyBytesComeBack() throws Exception {
        script.directory("/d\u201BFF", 0755)
                .file("/d\u201BFF/caf\u201BE9", "x")
                .symlink("/l", "to/\u201BE9")
                .file("/\u201B\u201BE9", "quoted");
        restore();
        assertThat(script.errors()).isEmpty();
        try (SourceTree tree = SourceTree.open(root)) {
            byte[] directory = { 'd', (byte) 0xFF };
            byte[] file = { 'c', 'a', 'f', (byte) 0xE9 };
            SourcePlace place = SourcePlace.start("/").child(directory, "d").child(file, "f");
            try (SourceFile found = tree.hold(place); InputStream in = found.read()) {
                assertThat(in.readAllBytes()).asString().isEqualTo("x");
            }
            try (SourceFile link = tree.hold(SourcePlace.start("/").child(new byte[]{ 'l' }, "l"))) {
                assertThat(link.target()).containsExactly('t', 'o', '/', 0xE9);
            }
        }
        assertThat(root.resolve("\u201BE9")).hasContent("quoted");
    }

    @Test
    void anOrdinaryUserClosesManyDirectoriesAtTheEnd() {
        ClosedDirectories closed = new ClosedDirectories();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String path = "/a/" + i / 100 + (i % 7 == 0 ? "/é" : "/x") + i;
            closed.add(path, i % 8);
            expected.add(path + " " + i % 8);
        }
        List<String> seen = new ArrayList<>();
        closed.drain((path, rights) -> seen.add(path + " " + rights));
        assertThat(seen).isEqualTo(expected.reversed());
    }

    @Test
    void hardLinksAreLinkedAgain() throws Exception {
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(3).mode(posix(0640)).size(4);
        script.directory("/a", 0755)
                .file(shared, "/a/one", () -> text("same"))
                .directory("/b", 0755)
                .file(shared, "/b/two", () -> text("same"))
                .file(shared, "/b/three", () -> text("same"))
                .file(shared.dev(10), "/b/other", () -> text("same"));
        Files.createDirectories(root.resolve("b"));
        Files.writeString(root.resolve("b/three"), "in the way");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(script.opened()).containsExactly("/a/one", "/b/two", "/b/three", "/b/other");
        assertThat(key("a/one")).isEqualTo(key("b/two")).isEqualTo(key("b/three")).isNotEqualTo(key("b/other"));
        assertThat(root.resolve("b/three")).hasContent("same");
        assertThat(Files.getAttribute(root.resolve("a/one"), "unix:nlink")).isEqualTo(3);
        assertThat(tree()).containsExactly("a", "a/one", "b", "b/other", "b/three", "b/two");
        assertThat(List.of(time("a"), time("b"), time("b/two"))).containsOnly(TIME);
    }

    @Test
    void aSecondRestoreOverHardLinksLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 2; i++) {
            script = new RestoreScript();
            FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(2).size(4);
            script.file(shared, "/one", () -> text("same")).file(shared, "/two", () -> text("same"));
            restore();
            assertThat(script.errors()).isEmpty();
            assertThat(tree()).containsExactly("one", "two");
            assertThat(key("one")).isEqualTo(key("two"));
        }
    }

    @Test
    void ifTheFirstNameFailsTheNextIsWritten() throws Exception {
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(4).size(4);
        Files.writeString(Files.createDirectories(root.resolve("blocked")).resolve("kept"), "kept");
        script.file(shared, "/broken", () -> {
            throw new IOException("lost");
        })
                .file(shared, "/blocked", () -> text("same"))
                .file(shared, "/good", () -> text("same"))
                .file(shared, "/linked", () -> text("same"));
        restore();
        assertThat(script.result("/broken")).isEqualTo("cannot restore /broken: lost");
        assertThat(script.result("/blocked"))
                .isEqualTo(
                        "cannot restore /blocked: a directory that is not empty is in its place; with replace_directories it would be removed");
        assertThat(script.opened()).containsExactly("/broken", "/blocked", "/good", "/linked");
        assertThat(key("linked")).isEqualTo(key("good"));
        assertThat(tree()).containsExactly("blocked", "blocked/kept", "good", "linked");
    }

    @Test
    void aFileThatIsNotTheRestoredOneIsNotLinked() throws Exception {
        FileInfo.Builder shared = info("/x").dev(9).ino(99).nlink(3).size(4);
        script.file(shared, "/one", () -> text("same"))
                .file(shared, "/two", () -> text("same"))
                .file(info("/y"), "/y", () -> {
                    Files.delete(root.resolve("one"));
                    Files.writeString(root.resolve("one"), "of somebody else");
                    return text("");
                })
                .file(shared, "/three", () -> text("same"));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(root.resolve("three")).hasContent("same");
        assertThat(key("three")).isNotEqualTo(key("one"));
    }

    @Test
    void aTruncatedContentLeavesTheOldFile() throws Exception {
        Files.createDirectory(root);
        Files.writeString(root.resolve("f"), "old");
        Content truncated = () -> new SequenceInputStream(text("half"), new ByteByByte(_ -> {
            throw new IOException("the host stopped in the middle");
        }));
        script.file(info("/f").size(8), "/f", truncated).file(info("/g").size(8), "/g", truncated);
        restore();
        assertThat(script.result("/f"))
                .isEqualTo("cannot restore /f: its content could not be read: the host stopped in the middle");
        assertThat(root.resolve("f")).hasContent("old");
        assertThat(tree()).containsExactly("f");
    }

    @Test
    void anInterruptedRestoreLeavesNoTemporary() throws Exception {
        script.file("/before", "x").file(info("/f").size(100), "/f", () -> new ByteByByte(position -> {
            if (position == 50) {
                Thread.currentThread().interrupt();
            }
            return position < 100 ? 'x' : -1;
        })).file("/after", "x");
        assertThatThrownBy(this::restore).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(tree()).doesNotContain("f", "after").isSubsetOf("before");
    }

    @Test
    void restoredFilesAreFinishedEvenIfTheHostIsGone() throws Exception {
        script.directory("/d", 0511).file("/d/f", "x").thenFail(new IOException("the host is gone"));
        assertThatThrownBy(this::restore).isInstanceOf(IOException.class).hasMessage("the host is gone");
        assertThat(tree()).containsExactly("d", "d/f");
        assertThat(modes("d")).containsExactly("40511");
        assertThat(time("d")).isEqualTo(TIME);
    }

    @Test
    void aContentThatIsNotSentIsAnErrorUnlessTheFileIsEmpty() throws Exception {
        script.add(FileRecord.of("/empty", info("/empty").build()))
                .add(FileRecord.of("/full", info("/full").size(1).build()));
        restore();
        assertThat(script.result("/empty")).isEqualTo("ok");
        assertThat(script.result("/full")).isEqualTo("cannot restore /full: its content was not sent");
        assertThat(tree()).containsExactly("empty");
    }

    @Test
    void aChangedSizeIsNotAnError() throws Exception {
        script.file(info("/f").size(3), "/f", () -> text("longer"));
        restore();
        assertThat(script.result("/f")).isEqualTo("ok");
        assertThat(root.resolve("f")).hasContent("longer");
    }

    @Test
    void runsOfZerosTakeNoSpace() throws Exception {
        byte[] sparse = new byte[3 << 20];
        sparse[0] = 1;
        sparse[1 << 20] = 2;
        byte[] zeros = new byte[(1 << 20) + 17];
        byte[] mixed = new byte[300_000];
        for (int i = 0; i < mixed.length; i += 4096) {
            mixed[i] = 1;
        }
        script.file(info("/sparse"), "/sparse", Content.of(sparse))
                .file(info("/zeros"), "/zeros", Content.of(zeros))
                .file(info("/ends"), "/ends", Content.of(new byte[256 * 1024]))
                .file(info("/mixed"), "/mixed", Content.of(mixed));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(root.resolve("sparse")).hasBinaryContent(sparse);
        assertThat(root.resolve("zeros")).hasBinaryContent(zeros);
        assertThat(root.resolve("ends")).hasBinaryContent(new byte[256 * 1024]);
        assertThat(root.resolve("mixed")).hasBinaryContent(mixed);
        assertThat(allocated("sparse")).isBetween(1L, 256L * 1024);
        assertThat(allocated("zeros")).isLessThan(128 * 1024);
        assertThat(allocated("ends")).isLessThan(128 * 1024);
    }

    @Test
    void theLongestNamesFit() throws Exception {
        String name = "n".repeat(255);
        script.file("/" + name, "x").symlink("/" + "l".repeat(255), "y").file("/" + "m".repeat(256), "too long");
        Files.createDirectory(root);
        Files.createFile(root.resolve("l".repeat(255)));
        restore();
        assertThat(root.resolve(name)).hasContent("x");
        assertThat(Files.isSymbolicLink(root.resolve("l".repeat(255)))).isTrue();
        assertThat(script.result("/" + "m".repeat(256))).endsWith(": file name too long");
        assertThat(tree()).hasSize(2);
    }

    @Test
    void strangeNamesAreNames() throws Exception {
        script.directory("/ ", 0755)
                .file("/ /a\nb", "1")
                .file("/ /*?\"\\", "2")
                .file("/ /…é", "3")
                .file("/ /nul\0nul", "4");
        restore();
        assertThat(script.errors()).containsOnlyKeys("/ /nul\0nul");
        assertThat(script.result("/ /nul\0nul")).endsWith(": its path is not clean");
        assertThat(tree()).contains(" /a\nb", " /*?\"\\", " /…é").hasSize(4);
    }

    @Test
    void theRootCannotBeAFile() throws Exception {
        script.file("/", "x");
        script.symlink("/l", "");
        restore();
        assertThat(script.result("/")).isEqualTo("cannot restore /: the root of a restore must be a directory");
        assertThat(script.result("/l")).isEqualTo("cannot restore /l: the symbolic link has no target");
    }

    @Test
    void errorRecordsAreAcknowledged() throws Exception {
        script.add(new ErrorRecord("/unreadable", "permission denied"));
        restore();
        assertThat(script.result("/unreadable")).isEqualTo("ok");
        assertThat(tree()).isEmpty();
    }

    @Test
    void attributesAreSetOnRestoredFiles() throws Exception {
        script.directory("/", 0755)
                .add(FileRecord.file("/f", info("/f").size(1).build(), () -> text("x"))
                        .withXattrNames(
                                List.of("user.colour")))
                .add(FileRecord.of("/d", info("/d").mode(FileMode.directory(0500)).build())
                        .withXattrNames(List.of("user.d")))
                .file("/g", "x")
                .add(XattrRecord.of("/f", "user.colour", Content.of("blue")))
                .add(XattrRecord.of("/d", "user.d", Content.of("")))
                .add(XattrRecord.of("/g", "user.unannounced", Content.of("x")));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(attribute("f", "colour")).isEqualTo("blue");
        assertThat(attribute("d", "d")).isEmpty();
    }

    @Test
    void anAttributeOfAReadOnlyFileIsSetAndTheModeStays() throws Exception {
        script.directory("/", 0755)
                .add(FileRecord.file("/f", info("/f").size(1).mode(FileMode.regular(0400)).build(), () -> text("x"))
                        .withXattrNames(List.of("user.a")))
                .add(XattrRecord.of("/f", "user.a", Content.of("1")));
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(Files.getPosixFilePermissions(root.resolve("f"))).containsExactly(PosixFilePermission.OWNER_READ);
        assertThat(attribute("f", "a")).isEqualTo("1");
    }

    @Test
    void attributesOfUnknownPathsAreIgnoredAndImpossibleOnesAreErrors() throws Exception {
        try (RestoreTree tree = openTree(root)) {
            Files.writeString(root.resolve("f"), "x");
            RestoreXattrs xattrs = new RestoreXattrs(tree, (_, _, _) -> false);
            assertThat(xattrs.place(XattrRecord.of("/f", "user.a", Content.of("1")))).isNull();
            assertThat(xattrs.place(XattrRecord.of("/elsewhere/f", "user.a", Content.of("1")))).isNull();
            xattrs.expect(FileRecord.of("/f", info("/f").build()).withXattrNames(List.of("user.a")));
            assertThat(xattrs.place(XattrRecord.of("/f", "user.b", Content.of("1")))).isNull();
            assertThat(xattrs.place(XattrRecord.of("/f", "user.a", Content.of("1")))).isEqualTo("/f");
            xattrs.restore(XattrRecord.of("/f", "user.a", Content.of("1")), "/f");
            assertThat(attribute("f", "a")).isEqualTo("1");
            assertThatThrownBy(() -> xattrs.restore(XattrRecord.of("/f", "system.other", Content.of("1")), "/f"))
                    .hasMessage("attributes that begin with system. are not set, so not system.other");
            assertThatThrownBy(() -> xattrs.restore(XattrRecord.of("/f", "nonsense", Content.of("1")), "/f"))
                    .hasMessage("its attribute nonsense could not be set: Operation not supported");
            assertThatThrownBy(
                    () -> xattrs.restore(new XattrRecord("/f", "user.stream", XattrType.ADS, Content.of("1")), "/f"))
                    .hasMessage("only ordinary extended attributes can be set, not user.stream");
            assertThatThrownBy(
                    () -> xattrs.restore(XattrRecord.of("/f", "user.a", Content.of(new byte[70_000])), "/f"))
                    .hasMessage("its attribute user.a could not be set: it is longer than 65536 bytes");
        }
    }

    @Test
    void onlyFilesOfDeadProcessesAreSwept() throws Exception {
        var dead = new ProcessIdentity(ProcessIdentity.self().machine(), 4194305, "1", 0);
        var deadNames = new Temporaries(FilesExporter.TEMPORARY_PREFIX, dead, InstantSource.system());
        Files.createDirectories(root.resolve("d/e"));
        Files.createDirectories(root.resolve("untouched"));
        Path ofLiving = Files.writeString(root.resolve(new Temporaries(FilesExporter.TEMPORARY_PREFIX).next()), "");
        Path elsewhere = Files.writeString(root.resolve("untouched").resolve(deadNames.next()), "");
        for (String directory : List.of("", "d", "d/e")) {
            Files.writeString(root.resolve(directory).resolve(deadNames.next()), "");
        }
        script.directory("/", 0755).directory("/d", 0755).directory("/d/e", 0755).file("/d/e/f", "x");
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(tree()).containsExactlyInAnyOrder("d", "d/e", "d/e/f", "untouched",
                root.relativize(ofLiving).toString(),
                root.relativize(elsewhere).toString());
    }

    @Test
    void manyFilesAreAllReportedOnce() throws Exception {
        script.directory("/", 0755);
        for (int d = 0; d < 10; d++) {
            script.directory("/d" + d, 0755);
            for (int f = 0; f < 40; f++) {
                script.file("/d" + d + "/f" + f, "content " + f);
            }
        }
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(script.resultCount()).isEqualTo(411);
        assertThat(tree()).hasSize(410);
        assertThat(root.resolve("d9/f39")).hasContent("content 39");
        assertThat(time("d9")).isEqualTo(TIME);
    }

    public final List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    public final List<String> modes(String... paths) throws IOException {
        return Stream.of(paths).map(path -> Integer.toOctalString((Integer) attributeOf(path, "mode"))).toList();
    }

    final String owner(String path) {
        return attributeOf(path, "uid") + ":" + attributeOf(path, "gid");
    }

    private Object attributeOf(String path, String name) {
        try {
            return Files.getAttribute(root.resolve(path), "unix:" + name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Object key(String path) {
        return attributeOf(path, "fileKey");
    }

    public final Instant time(String path) throws IOException {
        return Files.getLastModifiedTime(root.resolve(path), LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    private long allocated(String path) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", root.resolve(path).toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()) * 512;
    }

    private String attribute(String path, String name) throws IOException {
        var view = Files.getFileAttributeView(root.resolve(path), UserDefinedFileAttributeView.class);
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        return new String(value.array(), StandardCharsets.UTF_8);
    }
}
