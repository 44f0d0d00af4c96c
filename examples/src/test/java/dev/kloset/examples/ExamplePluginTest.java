package dev.kloset.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.Range;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginException;
import dev.kloset.host.PluginProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples as a process of their own, run as Plakar runs them, but without the launcher. */
class ExamplePluginTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path dir;

    private static PluginProcess start(String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), ExamplePlugin.class.getName()));
        line.addAll(List.of(args));
        return PluginProcess.start(PluginCommand.builder(JAVA).name("example").args(line).build());
    }

    private static ConnectorContext context(String location) {
        return ConnectorContext.of("zip", ConnectorConfig.of(Map.of("location", location)),
                Options.builder().hostname("here").build());
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path file = dir.resolve("source.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    @Test
    void theImporterReadsAZipFile() throws Exception {
        Path zip = zip(Map.of("a.txt", "hello", "dir/ä.txt", "world"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (PluginProcess plugin = start("importer"); Importer importer = plugin.importer(context("zip://" + zip))) {
            assertThat(importer.origin()).isEqualTo("here");
            importer.importRecords((record, onResult) -> {
                try (InputStream in = ((FileRecord) record).content().orElseThrow().open()) {
                    seen.add(record.pathname() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
                onResult.accept(ConnectorResult.ok(record));
            });
        }
        assertThat(seen).containsExactlyInAnyOrder("/a.txt hello", "/dir/ä.txt world");
    }

    @Test
    void theExporterWritesAZipFile() throws Exception {
        Path zip = dir.resolve("target.zip");
        Iterator<FileRecord> records = List.of(
                FileRecord.of("/", FileInfo.directory("/", Instant.EPOCH)),
                FileRecord.file("/a.txt", 5, Instant.EPOCH, Content.of("hello"))).iterator();
        List<String> results = Collections.synchronizedList(new ArrayList<>());
        try (PluginProcess plugin = start(); Exporter exporter = plugin.exporter(context("zip://" + zip))) {
            exporter.exportRecords(() -> records.hasNext() ? records.next() : null, new ResultSink() {
                @Override
                public void ok(ConnectorRecord record) {
                    results.add(record.pathname());
                }

                @Override
                public void error(ConnectorRecord record, String message) {
                    results.add(record.pathname() + " " + message);
                }
            });
        }
        assertThat(results).containsExactly("/", "/a.txt");
        try (ZipFile written = new ZipFile(zip.toFile())) {
            assertThat(written.getInputStream(written.getEntry("a.txt"))).hasContent("hello");
        }
    }

    @Test
    void theStoreKeepsARepository() throws Exception {
        ObjectMac mac = ObjectMac.fromHex("12".repeat(32));
        StoreContext context = StoreContext.of("dir",
                ConnectorConfig.of(Map.of("location", "dir://" + dir.resolve("repository"))));
        try (PluginProcess plugin = start("storage"); Store store = plugin.store(context)) {
            store.create(new byte[]{ 1, 2, 3 });
            assertThat(store.open()).containsExactly(1, 2, 3);
            assertThatThrownBy(() -> store.create(new byte[0])).isInstanceOf(PluginException.class)
                    .hasMessageContaining("already exists");
            assertThat(store.put(StorageResource.STATE, mac, new ByteArrayInputStream(new byte[]{ 5, 6, 7 })))
                    .isEqualTo(3);
            assertThat(store.list(StorageResource.STATE)).containsExactly(mac);
            assertThat(store.list(StorageResource.LOCK)).isEmpty();
            try (InputStream part = store.get(StorageResource.STATE, mac, new Range(1, 9))) {
                assertThat(part.readAllBytes()).containsExactly(6, 7);
            }
            store.delete(StorageResource.STATE, mac);
            store.delete(StorageResource.STATE, mac);
            assertThat(store.list(StorageResource.STATE)).isEmpty();
        }
    }

    @Test
    void aWrongSettingIsASentence() throws Exception {
        try (PluginProcess plugin = start()) {
            assertThatThrownBy(() -> plugin.importer(context("zip:///nowhere.zip"))).isInstanceOf(PluginException.class)
                    .hasMessage("plugin example: no such file or directory: /nowhere.zip");
        }
    }

    @Test
    void aUserWhoStartsItByHandLearnsWhatItIs() throws Exception {
        for (String argument : List.of("--help", "nonsense")) {
            Process process = new ProcessBuilder(JAVA.toString(), "-cp", System.getProperty("java.class.path"),
                    ExamplePlugin.class.getName(), argument).start();
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(argument.equals("--help") ? 0 : 2);
            assertThat(errors).contains("This is a plugin for Plakar", "importer zip://", "storage dir://");
            assertThat(process.getInputStream().readAllBytes()).as("nothing on the protocol's stream").isEmpty();
        }
    }

    @Test
    void theProcessEndsSoonAfterItsInputEnds() throws Exception {
        Process process = new ProcessBuilder(JAVA.toString(), "-cp", System.getProperty("java.class.path"),
                ExamplePlugin.class.getName()).start();
        process.getInputStream().read();
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }
}
