package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.ResultSink;
import dev.kloset.host.PluginProcess;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exporter keeps every clause of the contract: in process, over a hostile pipe and as a process. And it does what it is for. */
class ${className}ExporterTest extends ExporterContract {

    private static final Instant THEN = Instant.parse("2024-02-29T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> results = new CopyOnWriteArrayList<>();

    @Override
    protected Plugin plugin() {
        return ${className}Plugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return Map.of("location", "${protocol}://{temp}");
    }

    @Override
    protected Optional<Subject> process() {
        return main(${className}Plugin.class.getName(), "exporter");
    }

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

    @Test
    void whatIsThereStaysIfTheUserSaysSo() throws Exception {
        Files.createDirectories(directory.resolve("target"));
        Files.writeString(directory.resolve("target/a.txt"), "older");

        export(Map.of("replace", "false"), FileRecord.of("/", FileInfo.directory("/", THEN)),
                FileRecord.file("/a.txt", 5, THEN, Content.of("newer")));

        assertThat(results).hasSize(2).anyMatch(result -> result.contains("is already there, and replace is false"));
        assertThat(directory.resolve("target/a.txt")).hasContent("older");
    }

    /** An exception before the first record fails the restore. As the result of each record, it would leave the exit status 0. */
    @Test
    void aDestinationThatCannotBeMadeFailsTheWholeRestore() throws Exception {
        Files.writeString(directory.resolve("target"), "in the way");

        assertThatThrownBy(() -> export(FileRecord.of("/", FileInfo.directory("/", THEN))))
                .hasMessageContaining("target");
    }

    private void export(FileRecord... all) throws Exception {
        export(Map.of(), all);
    }

    private void export(Map<String, String> options, FileRecord... all) throws Exception {
        Iterator<FileRecord> records = List.of(all).iterator();
        Map<String, String> settings = new HashMap<>(options);
        settings.put("location", "${protocol}://" + directory.resolve("target"));
        ConnectorContext context = ConnectorContext.of("${protocol}", ConnectorConfig.of(settings),
                Options.builder().hostname("here").build());
        try (PluginProcess plugin = ${className}Process.start("exporter"); Exporter exporter = plugin.exporter(context)) {
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
