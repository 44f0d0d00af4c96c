package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.LocationFlag;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FilesImporterTest {

    @TempDir
    private Path root;

    @Test
    void reportsItsOriginAndRoot() throws IOException {
        FilesImporter importer = WalkCollector.importer(root + "/./x/../", Map.of(), options -> options);
        assertThat(importer.type()).isEqualTo("files");
        assertThat(importer.origin()).isEqualTo("box");
        assertThat(importer.root()).isEqualTo(root.toString());
        assertThat(importer.flags()).containsExactly(LocationFlag.LOCALFS);
    }

    @Test
    void withoutAHostNameTheOriginIsLocalhost() throws IOException {
        assertThat(WalkCollector.importer("/", Map.of(), options -> options.hostname("")).origin())
                .isEqualTo("localhost");
    }

    @Test
    void aRelativeLocationIsBelowTheDirectoryOfTheUser() throws IOException {
        Files.createDirectory(root.resolve("data"));
        assertThat(WalkCollector.importer("data", Map.of(), options -> options.cwd(root.toString())).root())
                .isEqualTo(root + "/data");
    }

    @Test
    void aMissingLocationIsRefusedAtOnce() {
        assertThatThrownBy(() -> WalkCollector.importer(root.resolve("missing"))).isInstanceOf(IOException.class)
                .hasMessageContaining(root + "/missing");
    }

    @Test
    void anUnknownSettingIsRefused() throws IOException {
        assertThatThrownBy(() -> WalkCollector.importer("/", Map.of("dont_travers_fs", "true"), options -> options))
                .hasMessage("there is no setting \"dont_travers_fs\"; did you mean \"dont_traverse_fs\"?");
    }

    @Test
    void everyDirectoryAboveTheRootComesFirst() throws Exception {
        Path deep = Files.createDirectories(root.resolve("a/b"));
        Files.writeString(deep.resolve("f"), "x");
        Files.writeString(root.resolve("a/outside"), "x");
        WalkCollector found = WalkCollector.of(deep);
        assertThat(found.paths()).startsWith("/")
                .contains(root.toString(), root + "/a", root + "/a/b/f")
                .doesNotContain(root + "/a/outside")
                .doesNotHaveDuplicates();
        assertThat(found.all().getFirst().pathname()).isEqualTo("/");
        assertThat(found.file("/").info().name()).isEqualTo("/");
        assertThat(found.file(root).info()).isEqualTo(FileInfo.of(root));
    }

    @Test
    void aSingleFileIsARootToo() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "content");
        WalkCollector found = WalkCollector.of(file);
        assertThat(found.pathsBelow(root)).containsExactly("f");
        assertThat(WalkCollector.bytes(found.file(file))).asString().isEqualTo("content");
    }

    @Test
    void allTwelveFieldsAreThoseOfTheSystem() throws Exception {
        Path file = Files.write(root.resolve("f"), new byte[12345]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-03T04:05:06.123456789Z")));
        Files.createLink(root.resolve("hard"), file);
        Path directory = Files.createDirectory(root.resolve("d"));
        WalkCollector found = WalkCollector.of(root);

        FileInfo info = found.file(file).info();
        assertThat(info).isEqualTo(FileInfo.of(file));
        assertThat(info.name()).isEqualTo("f");
        assertThat(info.size()).isEqualTo(12345);
        assertThat(info.mode()).hasToString("-rw-r-x--x");
        assertThat(info.modTime()).isEqualTo("2020-02-03T04:05:06.123456789Z");
        assertThat(info.nlink()).isEqualTo(2);
        assertThat(info.ino()).isPositive().isEqualTo(found.file(root.resolve("hard")).info().ino());
        assertThat(info.dev()).isEqualTo(Files.getAttribute(file, "unix:dev"));
        assertThat(info.uid()).isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
        assertThat(info.username()).isEqualTo(Files.getOwner(file).getName());
        assertThat(info.flags()).isZero();
        assertThat(found.file(directory).info()).isEqualTo(FileInfo.of(directory));
    }

    @Test
    void hardLinksAreFilesOfTheirOwn() throws Exception {
        Path file = Files.writeString(root.resolve("one"), "same");
        Files.createLink(root.resolve("two"), file);
        WalkCollector found = WalkCollector.of(root);
        assertThat(WalkCollector.bytes(found.file(root + "/one")))
                .isEqualTo(WalkCollector.bytes(found.file(root + "/two")))
                .asString()
                .isEqualTo("same");
    }

    @Test
    void specialFilesAreMetadataOnly() throws Exception {
        run("mkfifo", root + "/pipe");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
            WalkCollector found = WalkCollector.of(root);
            assertThat(found.file(root + "/pipe").info().mode().isNamedPipe()).isTrue();
            assertThat(found.file(root + "/socket").info().mode().isSocket()).isTrue();
            assertThat(found.all(FileRecord.class)).allMatch(record -> record.content().isEmpty());
            assertThat(found.errors()).isEmpty();
        }
    }

    @Test
    void devicesAreMetadataOnly() throws Exception {
        WalkCollector found = WalkCollector.of(Path.of("/dev/null"));
        assertThat(found.file("/dev/null").info().mode().isCharacterDevice()).isTrue();
        assertThat(found.file("/dev/null").content()).isEmpty();
    }

    @Test
    void setuidAndStickyBitsAreKept() throws Exception {
        Path program = Files.createFile(root.resolve("program"));
        run("chmod", "4755", program.toString());
        Path shared = Files.createDirectory(root.resolve("shared"));
        run("chmod", "1777", shared.toString());
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.file(program).info().mode()).hasToString("-rwsr-xr-x");
        assertThat(found.file(shared).info().mode()).hasToString("drwxrwxrwt");
    }

    @Test
    void symbolicLinksHaveTheirTargetVerbatimAndAreNotFollowed() throws Exception {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/f"), "x");
        // Made by a shell, because Java cannot express the accented letter under every locale, and cleans the other paths.
        run("sh", "-ec", "cd '" + root + "'; ln -s d directory; ln -s ../x//y/. dangling; ln -s loop loop;"
                + " ln -s d/../d// unclean; ln -s \"$(printf '/nowhere/\\303\\251')\" accented");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.all(FileRecord.class)).filteredOn(record -> record.info().mode().isSymlink())
                .extracting(FileRecord::target)
                .containsExactlyInAnyOrder("d", "../x//y/.", "/nowhere/é", "loop", "d/../d//");
        assertThat(found.pathsBelow(root)).contains("d/f").hasSize(7);
    }

    @Test
    void aLinkAsTheLocationIsARecordAndTheTreeBehindItIsWalked() throws Exception {
        Path data = Files.createDirectories(root.resolve("real/data"));
        Files.writeString(data.resolve("f"), "x");
        Path first = Files.createSymbolicLink(root.resolve("first"), Path.of("links/second"));
        Files.createDirectory(root.resolve("links"));
        Path second = Files.createSymbolicLink(root.resolve("links/second"), Path.of("../real/data"));
        FilesImporter importer = WalkCollector.importer(first);
        WalkCollector found = WalkCollector.of(importer);
        assertThat(importer.root()).isEqualTo(first.toString());
        assertThat(found.file(first).target()).isEqualTo("links/second");
        assertThat(found.file(second).target()).isEqualTo("../real/data");
        assertThat(found.paths()).doesNotHaveDuplicates();
        assertThat(found.pathsBelow(root)).containsExactly("first", "links", "links/second", "real", "real/data",
                "real/data/f");
    }

    @Test
    void aLinkIntoItsOwnAncestorIsEmittedOnce() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("self"), Path.of("."));
        WalkCollector found = WalkCollector.of(link);
        assertThat(found.paths()).doesNotHaveDuplicates().contains(link.toString());
    }

    @Test
    void aLoopOfLinksAsTheLocationIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> WalkCollector.importer(link)).isInstanceOf(IOException.class)
                .hasMessageContaining(link.toString());
    }

    @Test
    void aLinkAboveTheLocationIsADirectory() throws Exception {
        Files.createDirectories(root.resolve("real/data"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
        WalkCollector found = WalkCollector.of(root.resolve("link/data"));
        assertThat(found.file(root + "/link").info().mode().isDirectory()).isTrue();
        assertThat(found.pathsBelow(root)).containsExactly("link", "link/data");
    }

    @Test
    void aDirectoryComesBeforeItsEntries() throws Exception {
        for (int i = 0; i < 30; i++) {
            Files.createDirectories(root.resolve(i % 5 + "/" + i + "/x/y"));
        }
        List<String> order = WalkCollector.of(root).all().stream().map(ConnectorRecord::pathname).toList();
        for (String path : order) {
            if (!path.equals("/")) {
                String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
                assertThat(order.indexOf(parent)).isBetween(0, order.indexOf(path) - 1);
            }
        }
    }

    @Test
    void aFileThatGrowsOrShrinksHasItsContentOfTheMomentOfReading() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "12345");
        FileRecord record = WalkCollector.of(root).file(file);
        Files.writeString(file, "1234567890");
        assertThat(WalkCollector.bytes(record)).hasSize(10);
        Files.writeString(file, "1");
        assertThat(WalkCollector.bytes(record)).hasSize(1);
        assertThat(record.info().size()).isEqualTo(5);
    }

    @Test
    void aLinkThatReplacedTheFileIsNotRead() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "public");
        FileRecord record = WalkCollector.of(root).file(file);
        Path secret = Files.writeString(root.resolve("secret"), "secret");
        Files.delete(file);
        Files.createSymbolicLink(file, secret);
        assertThatThrownBy(() -> record.content().orElseThrow().open()).isInstanceOf(IOException.class)
                .hasMessage("it was a file when it was listed and is a symbolic link now");
    }

    @Test
    // An open that waits for a writer of the pipe cannot be interrupted.
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeThatReplacedTheFileHoldsUpNothing() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "public");
        FileRecord record = WalkCollector.of(root).file(file);
        Files.delete(file);
        run("mkfifo", file.toString());
        assertThatThrownBy(() -> record.content().orElseThrow().open()).isInstanceOf(IOException.class)
                .hasMessage("it was a file when it was listed and is a pipe, a socket or a device now");
    }

    @Test
    void aFileThatIsGoneWhenItIsReadIsReported() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "public");
        FileRecord record = WalkCollector.of(root).file(file);
        Files.delete(file);
        assertThatThrownBy(() -> record.content().orElseThrow().open()).isInstanceOf(NoSuchFileException.class)
                .hasMessage(file.toString());
    }

    @Test
    void otherFileSystemsAreEnteredUnlessTheSettingForbidsIt() throws Exception {
        Path shm = Path.of("/dev/shm");
        Assumptions.assumeTrue(Files.isDirectory(shm)
                && !Files.getAttribute(shm, "unix:dev").equals(Files.getAttribute(Path.of("/dev"), "unix:dev")));
        Path file = Files.createTempFile(shm, "importer", "");
        try {
            FilesImporter all = WalkCollector.importer("/dev", Map.of(), options -> options);
            FilesImporter one = WalkCollector.importer("/dev", Map.of("dont_traverse_fs", "true"), options -> options);
            assertThat(WalkCollector.of(all).paths()).contains(file.toString());
            assertThat(WalkCollector.of(one).paths()).contains("/dev/shm", "/dev/null").doesNotContain(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
