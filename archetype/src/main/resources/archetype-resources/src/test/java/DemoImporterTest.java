package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.host.PluginProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DemoImporterTest {

    @TempDir
    Path directory;

    @Test
    void everyFileComesWithItsContent() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        Files.createDirectories(directory.resolve("sub"));
        Files.writeString(directory.resolve("a.txt"), "hello");
        Files.writeString(directory.resolve("sub/b.txt"), "world");
        Map<String, String> seen = new ConcurrentHashMap<>();

        try (PluginProcess plugin = DemoProcess.start("importer");
                Importer importer = plugin.importer(context(directory))) {
            importer.importRecords((record, onResult) -> {
                seen.put(record.pathname(), text((FileRecord) record));
                onResult.accept(ConnectorResult.ok(record));
            });
        }

        assertThat(seen).containsExactlyInAnyOrderEntriesOf(Map.of("/", "", "/empty", "", "/sub", "", "/a.txt",
                "hello", "/sub/b.txt", "world"));
    }

    @Test
    void aDirectoryThatIsNotThereIsASentence() throws Exception {
        try (PluginProcess plugin = DemoProcess.start("importer")) {
            assertThatThrownBy(() -> plugin.importer(context(directory.resolve("nowhere"))))
                    .hasMessageContaining("there is no directory " + directory.resolve("nowhere"));
        }
    }

    private static String text(FileRecord record) throws java.io.IOException {
        if (record.content().isEmpty()) {
            return "";
        }
        try (InputStream content = record.content().get().open()) {
            return new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static ConnectorContext context(Path directory) {
        return ConnectorContext.of("${protocol}", ConnectorConfig.of(Map.of("location", "${protocol}://" + directory)),
                Options.builder().hostname("here").build());
    }
}
