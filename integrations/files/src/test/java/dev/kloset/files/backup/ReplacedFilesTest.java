package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Another process replaces files and directories of the source at the worst moment. */
@EnabledOnOs(OS.LINUX)
class ReplacedFilesTest {

    private static final String SECRET = "only for root";

    @TempDir
    Path base;

    private Path root;
    private Path outside;

    @BeforeEach
    void makeTrees() throws IOException {
        root = base.resolve("root");
        outside = base.resolve("outside");
        for (Path tree : new Path[]{ root, outside }) {
            Files.createDirectories(tree.resolve("d/e"));
            Files.writeString(tree.resolve("d/e/f"), tree.equals(root) ? "public" : SECRET);
        }
        Files.writeString(outside.resolve("d/e/secret"), SECRET);
        Files.writeString(outside.resolve("d/secret"), SECRET);
    }

    @Test
    void anotherFileThatReplacedTheListedOneIsNotRead() throws Exception {
        Path file = root.resolve("d/e/f");
        FileRecord record = WalkCollector.of(root).file(file);
        replaceBy("another", file);
        assertThatThrownBy(() -> record.content().orElseThrow().open()).isInstanceOf(IOException.class)
                .hasMessage("another file has taken its place since it was listed");
    }

    @Test
    void anAttributeOfAnotherFileIsNotRead() throws Exception {
        Path file = root.resolve("d/e/f");
        setAttribute(file);
        WalkCollector found = WalkCollector.of(root);
        XattrRecord record = found.xattrs(file).getFirst();
        replaceBy("another", file);
        setAttribute(file);
        assertThatThrownBy(() -> WalkCollector.bytes(record)).isInstanceOf(IOException.class)
                .hasMessage("another file has taken its place since it was listed");
    }

    private static void setAttribute(Path file) throws IOException {
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write("a", ByteBuffer.wrap(new byte[]{ 'x' }));
    }

    private void replaceBy(String content, Path file) throws IOException {
        Path other = Files.writeString(base.resolve("other"), content);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aDirectoryThatBecomesALinkWhenItIsListedGivesNothingFromOutside() throws Exception {
        for (String swapped : new String[]{ "d", "d/e" }) {
            WalkCollector found = new WalkCollector();
            walk(record -> {
                found.emit(record, _ -> {});
                if (record.pathname().equals(root.resolve(swapped).toString())) {
                    swap(swapped);
                }
            });
            assertNothingFromOutside(found);
            swapBack(swapped);
        }
    }

    @Test
    void aContentBelowADirectoryThatHasBecomeALinkIsNotRead() throws Exception {
        for (String swapped : new String[]{ "d", "d/e" }) {
            FileRecord record = WalkCollector.of(root).file(root.resolve("d/e/f"));
            swap(swapped);
            assertThatThrownBy(() -> record.content().orElseThrow().open()).isInstanceOf(IOException.class);
            swapBack(swapped);
            assertThat(WalkCollector.bytes(record)).asString().isEqualTo("public");
        }
    }

    private interface Reaction extends RecordSink {

        void on(ConnectorRecord record) throws IOException;

        @Override
        default void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
            on(record);
        }
    }

    private void walk(Reaction reaction) throws IOException, InterruptedException {
        WalkCollector.importer(root.toString(), Map.of(), options -> options.maxConcurrency(1)).importRecords(reaction);
    }

    private void swap(String directory) throws IOException {
        Files.move(root.resolve(directory), base.resolve("hidden"));
        Files.createSymbolicLink(root.resolve(directory), outside.resolve(directory));
    }

    private void swapBack(String directory) throws IOException {
        Files.delete(root.resolve(directory));
        Files.move(base.resolve("hidden"), root.resolve(directory));
    }

    private static void assertNothingFromOutside(WalkCollector found) throws IOException {
        assertThat(found.paths()).noneMatch(path -> path.contains("secret"));
        for (FileRecord record : found.all(FileRecord.class)) {
            Optional<String> content = content(record);
            assertThat(content.orElse("")).as(record.pathname()).doesNotContain(SECRET);
        }
        assertThat(found.all(ErrorRecord.class)).noneMatch(error -> error.message().contains("outside"));
    }

    private static Optional<String> content(FileRecord record) {
        if (record.content().isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = record.content().get().open()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty(); // refused, which is what a swapped directory deserves
        }
    }
}
