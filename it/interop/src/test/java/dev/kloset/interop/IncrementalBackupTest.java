package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a backup reads again. The importer under test is ours, inside one that notes every open. */
class IncrementalBackupTest {

    @TempDir
    Path directory;

    private Path source;
    private Path notes;

    @BeforeEach
    void makeTree() throws IOException {
        source = TreeMaker.varied(directory.resolve("source"));
        notes = Files.createFile(directory.resolve("notes"));
    }

    private Plakar plakar() throws Exception {
        Plakar plakar = Plakar.withFiles(directory).with(ProbePlugin.NOTES, notes.toString());
        plakar.install(PluginImage.importer(directory.resolve("image"), ProbePlugin.PROTOCOL, ProbePlugin.class));
        return plakar;
    }

    private Snapshot backup(Repository repository) throws Exception {
        Files.writeString(notes, "");
        return repository.backup(ProbePlugin.PROTOCOL + "://" + source);
    }

    private List<String> opened() throws IOException {
        return Files.readAllLines(notes).stream().map(line -> line.replaceFirst("\\Q" + source + "\\E/?", "")).toList();
    }

    @Test
    void theFirstBackupOpensEveryFileOnce() throws Exception {
        try (Plakar plakar = plakar()) {
            backup(plakar.at("files://" + directory.resolve("store")).create());
        }
        Tree tree = Tree.of(source);
        // The name with a line feed takes two lines in the notes, in two places each.
        assertThat(opened()).contains("big", "empty", "hard/b/0 again").hasSize((int) tree.regularFiles() + 3);
    }

    @Test
    void aBackupOfAnUnchangedTreeOpensNothing() throws Exception {
        try (Plakar plakar = plakar()) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            backup(repository);

            Snapshot second = backup(repository);

            assertThat(opened()).isEmpty();
            second.check();
            second.restore("files://" + directory.resolve("restored"));
        }
        Tree.of(source).assertSame(Tree.of(directory.resolve("restored")));
    }

    @Test
    void aChangeThatKeepsTheSizeIsBackedUp() throws Exception {
        Path file = source.resolve("docs/readme");
        try (Plakar plakar = plakar()) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            backup(repository);
            byte[] bytes = Files.readAllBytes(file);
            bytes[2500]++;
            FileTime before = Files.getLastModifiedTime(file);
            Files.write(file, bytes);
            // The smallest difference that a file system can represent.
            Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusNanos(1)));

            Snapshot second = backup(repository);

            assertThat(opened()).containsExactly("docs/readme");
            second.restore("files://" + directory.resolve("restored"));
        }
        Tree.of(source).assertSame(Tree.of(directory.resolve("restored")));
    }

    @Test
    void newMetadataAndNewFilesAreBackedUpAndDeletedFilesAreGone() throws Exception {
        try (Plakar plakar = plakar()) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            backup(repository);
            Files.setAttribute(source.resolve("one"), "unix:mode", 0701);
            Files.move(source.resolve("hello"), source.resolve("moved"));
            Files.delete(source.resolve("empty"));
            Files.writeString(source.resolve("docs/new"), "new");
            Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));

            Snapshot second = backup(repository);

            assertThat(opened()).containsExactlyInAnyOrder("one", "moved", "docs/new");
            second.restore("files://" + directory.resolve("restored"));
        }
        Tree.of(source).assertSame(Tree.of(directory.resolve("restored")));
    }

    @Test
    void afterABackupByTheBuiltInConnectorEverythingIsReadOnceMore() throws Exception {
        try (Plakar plakar = plakar()) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            repository.backup("fs://" + source);

            backup(repository);
        }
        // Snapshots of another type are not parents.
        assertThat(opened()).contains("big", "hello");
    }
}
