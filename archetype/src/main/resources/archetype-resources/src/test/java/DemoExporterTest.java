package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.ResultSink;
import dev.kloset.host.PluginProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DemoExporterTest {

    private static final Instant THEN = Instant.parse("2024-02-29T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> results = new CopyOnWriteArrayList<>();

    @Test
    void filesAndDirectoriesAreWritten() throws Exception {
        export(FileRecord.of("/", FileInfo.directory("/", THEN)), FileRecord.of("/sub", FileInfo.directory("sub", THEN)),
                FileRecord.file("/sub/a.txt", 5, THEN, Content.of("hello")));

        assertThat(results).containsExactlyInAnyOrder("/", "/sub", "/sub/a.txt");
        assertThat(directory.resolve("target/sub/a.txt")).hasContent("hello");
        assertThat(Files.getLastModifiedTime(directory.resolve("target/sub/a.txt")).toInstant()).isEqualTo(THEN);
    }

    @Test
    void aFileInTheWayIsAnErrorOfOneRecord() throws Exception {
        Files.createDirectories(directory.resolve("target"));
        Files.writeString(directory.resolve("target/sub"), "in the way");

        export(FileRecord.of("/", FileInfo.directory("/", THEN)),
                FileRecord.file("/sub/a.txt", 5, THEN, Content.of("hello")),
                FileRecord.file("/b.txt", 5, THEN, Content.of("world")));

        assertThat(results).hasSize(3).contains("/", "/b.txt");
        assertThat(results).anyMatch(result -> result.startsWith("/sub/a.txt: ") && result.contains("sub"));
        assertThat(directory.resolve("target/b.txt")).hasContent("world");
    }

    private void export(FileRecord... all) throws Exception {
        Iterator<FileRecord> records = List.of(all).iterator();
        ConnectorContext context = ConnectorContext.of("${protocol}",
                ConnectorConfig.of(Map.of("location", "${protocol}://" + directory.resolve("target"))),
                Options.builder().hostname("here").build());
        try (PluginProcess plugin = DemoProcess.start("exporter"); Exporter exporter = plugin.exporter(context)) {
            exporter.exportRecords(() -> records.hasNext() ? records.next() : null, new ResultSink() {
                @Override
                public void ok(ConnectorRecord record) {
                    results.add(record.pathname());
                }

                @Override
                public void error(ConnectorRecord record, String message) {
                    results.add(record.pathname() + ": " + message);
                }
            });
        }
    }
}
