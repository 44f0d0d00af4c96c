package dev.kloset.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.XattrRecord;
import dev.kloset.files.backup.WalkCollector;
import dev.kloset.files.backup.WalkRecords;
import dev.kloset.files.backup.WalkTimes;
import dev.kloset.files.posix.OwnerNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class XattrReaderTest {

    private static final int LONGER_THAN_ANY_PATH = 5000;

    @TempDir
    private Path root;

    /** {@return whether {@code file}, which is made if missing, has this attribute now} */
    public static boolean set(Path file, String name, String value) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        try {
            // Java's view omits the namespace.
            view.write(name.substring("user.".length()), ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void assume(Path file, String name, String value) throws IOException {
        Assumptions.assumeTrue(set(file, name, value), "this file system has extended attributes");
    }

    @Test
    void attributesAreAnnouncedByTheFileAndFollowAsRecords() throws Exception {
        Path file = root.resolve("f");
        assume(file, "user.b", "second");
        assume(file, "user.a", "");
        assume(Files.createDirectory(root.resolve("d")), "user.of-directory", "d");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.file(file).xattrNames()).containsExactly("user.a", "user.b");
        List<XattrRecord> records = found.xattrs(file);
        assertThat(records).extracting(XattrRecord::name).containsExactly("user.a", "user.b");
        assertThat(WalkCollector.bytes(records.get(0))).isEmpty();
        assertThat(WalkCollector.bytes(records.get(1))).asString().isEqualTo("second");
        assertThat(found.xattrs(root.resolve("d"))).extracting(XattrRecord::name).containsExactly("user.of-directory");
        assertThat(found.errors()).isEmpty();
    }

    @Test
    void valuesAndListsOfAnySizeAreRead() throws Exception {
        Path file = root.resolve("f");
        assume(file, "user.large", "v".repeat(1500));
        for (int i = 0; i < 8; i++) {
            assume(file, "user." + "n".repeat(150) + i, "");
        }
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.file(file).xattrNames()).hasSize(9);
        assertThat(WalkCollector.bytes(found.xattrs(file).getFirst())).asString().isEqualTo("v".repeat(1500));
    }

    @Test
    void aValueIsReadWhenItIsOpened() throws Exception {
        Path file = root.resolve("f");
        assume(file, "user.a", "old");
        XattrRecord record = WalkCollector.of(root).xattrs(file).getFirst();
        assume(file, "user.a", "much newer");
        assertThat(WalkCollector.bytes(record)).asString().isEqualTo("much newer");
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).delete("a");
        assertThatThrownBy(() -> record.content().open()).isInstanceOf(IOException.class)
                .hasMessage("No data available");
    }

    @Test
    void everyNamespaceIsRead() throws Exception {
        Path file = Files.createFile(root.resolve("f"));
        String script = "import os, sys\n"
                + "for name in ('user.a', 'trusted.b', 'security.c'): os.setxattr(sys.argv[1], name, name.encode())";
        Assumptions.assumeTrue(succeeds("python3", "-c", script, file.toString()), "only the super-user may set these");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.file(file).xattrNames()).containsExactly("security.c", "trusted.b", "user.a");
        for (XattrRecord record : found.xattrs(file)) {
            assertThat(WalkCollector.bytes(record)).asString().isEqualTo(record.name());
        }
    }

    @Test
    void theAttributesOfALinksTargetAreNotRead() throws Exception {
        Path file = root.resolve("f");
        assume(file, "user.a", "x");
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("f"));
        assertThat(WalkCollector.of(root).file(link).xattrNames()).isEmpty();
    }

    @Test
    void unwantedAttributesAreNotRead() throws Exception {
        Path file = root.resolve("f");
        assume(file, "user.a", "x");
        WalkCollector found = WalkCollector.of(
                WalkCollector.importer(root.toString(), Map.of(), options -> options.noXattr(true)));
        assertThat(found.file(file).xattrNames()).isEmpty();
        assertThat(found.all(XattrRecord.class)).isEmpty();
    }

    @Test
    void aFileSystemWithoutAttributesIsNotAnError() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")));
        WalkCollector found = WalkCollector.of(Path.of("/proc/self/status"));
        assertThat(found.errors()).isEmpty();
        assertThat(found.file("/proc/self/status").xattrNames()).isEmpty();
    }

    @Test
    void aFileWhoseAttributesCannotBeListedIsStillSent() throws Exception {
        String name = "f".repeat(LONGER_THAN_ANY_PATH);
        WalkCollector found = emit(root.resolve(name));
        assertThat(found.errors()).singleElement().satisfies(error -> {
            assertThat(error.pathname()).isEqualTo(root + "/" + name);
            assertThat(error.message()).startsWith("cannot list the extended attributes: ")
                    .containsIgnoringCase("file name too long");
        });
        assertThat(found.file(root + "/" + name).xattrNames()).isEmpty();
    }

    @Test
    void aFileThatIsGoneWhenItsAttributesAreListedGivesOnlyAnError() throws Exception {
        Path gone = root.resolve("gone");
        WalkCollector named = emit(gone);
        assertThat(named.all()).containsExactly(
                new ErrorRecord(gone.toString(), "cannot read the metadata: no such file or directory"));
    }

    @Test
    void theErrorForAVanishedFileOmitsTheKernelsName() throws Exception {
        Files.writeString(root.resolve("f"), "content");
        WalkCollector found = new WalkCollector();
        try (SourceTree tree = SourceTree.open(root);
                SourceFile held = tree.hold(SourcePlace.start(""));
                SourceListing listing = held.list()) {
            SourceFile file = listing.file("f".getBytes(StandardCharsets.UTF_8));
            FileInfo info = file.info("f");
            Files.delete(root.resolve("f"));
            new WalkRecords(found, tree, new WalkTimes(), true).emit(file, new SourcePlace(new byte[0], root + "/f"),
                    info);
        }
        assertThat(found.all()).containsExactly(
                new ErrorRecord(root + "/f", "cannot read the metadata: no such file or directory"));
    }

    /** {@return the records for {@code path}, with the metadata of another file} */
    private WalkCollector emit(Path path) throws Exception {
        Files.writeString(root.resolve("f"), "content");
        WalkCollector found = new WalkCollector();
        try (SourceTree tree = SourceTree.open(root);
                SourceFile seen = tree.hold(SourcePlace.start("").child("f".getBytes(StandardCharsets.UTF_8), "f"))) {
            FileInfo info = seen.info(path.getFileName().toString());
            new WalkRecords(found, tree, new WalkTimes(), true).emit(new NamedFile(new OwnerNames(), path),
                    new SourcePlace(new byte[0], path.toString()), info);
        }
        return found;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
