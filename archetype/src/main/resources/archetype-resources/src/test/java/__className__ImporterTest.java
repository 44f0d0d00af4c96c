package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.host.PluginProcess;
import dev.kloset.testkit.fixtures.SampleTree;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The importer keeps every clause of the contract: in process, over a hostile pipe and as a process. And it does what it is for. */
class ${className}ImporterTest extends ImporterContract {

    @TempDir
    Path directory;

    @Override
    protected Plugin plugin() {
        return ${className}Plugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) throws IOException {
        return Map.of("location", "${protocol}://" + SampleTree.in(directory.resolve("source")));
    }

    @Override
    protected Optional<Path> mutableDirectory(Path directory) throws IOException {
        return Optional.of(Files.createDirectories(directory.resolve("source/mutable")));
    }

    @Override
    protected Optional<Subject> process() {
        return main(${className}Plugin.class.getName(), "importer");
    }

    @Test
    void everyFileComesWithItsContent() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        Files.createDirectories(directory.resolve("sub"));
        Files.writeString(directory.resolve("a.txt"), "hello");
        Files.writeString(directory.resolve("sub/b.txt"), "world");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a.txt"));
        Map<String, String> seen = new ConcurrentHashMap<>();

        try (PluginProcess plugin = ${className}Process.start("importer");
                Importer importer = plugin.importer(context(directory))) {
            importer.importRecords((record, onResult) -> {
                seen.put(record.pathname(), text((FileRecord) record));
                onResult.accept(ConnectorResult.ok(record));
            });
        }

        assertThat(seen).containsExactlyInAnyOrderEntriesOf(Map.of("/", "", "/empty", "", "/sub", "", "/a.txt",
                "hello", "/sub/b.txt", "world", "/link", "-> a.txt"));
    }

    @Test
    void aDirectoryThatIsNotThereIsASentence() throws Exception {
        try (PluginProcess plugin = ${className}Process.start("importer")) {
            assertThatThrownBy(() -> plugin.importer(context(directory.resolve("nowhere"))))
                    .hasMessageContaining("there is no directory " + directory.resolve("nowhere"));
        }
    }

    @Test
    void allMistakesInTheSettingsAreOneSentence() {
        ConnectorConfig config = ConnectorConfig
                .of(Map.of("location", "${protocol}:///srv", "timeout", "soon", "listing", "4"));

        assertThatThrownBy(() -> config.as(${className}Source.class)).hasMessageStartingWith("2 settings are wrong: ")
                .hasMessageContaining("the setting \"timeout\" must be a duration")
                .hasMessageContaining("did you mean \"listings\"?");
    }

    private static String text(FileRecord record) throws IOException {
        if (record.content().isEmpty()) {
            return record.target().isEmpty() ? "" : "-> " + record.target();
        }
        try (InputStream content = record.content().get().open()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ConnectorContext context(Path directory) {
        return ConnectorContext.of("${protocol}", ConnectorConfig.of(Map.of("location", "${protocol}://" + directory)),
                Options.builder().hostname("here").build());
    }
}
