package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.examples.WebPlugin;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import dev.kloset.resilience.FlakyWebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The example of a remote source in a process of its own, driven by our host, with a server that makes trouble. */
class RemoteSourceTest {

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 24; i++) {
            byte[] bytes = new byte[i == 0 ? 0 : 1 + random.nextInt(200_000)];
            random.nextBytes(bytes);
            files.put((i % 3 == 0 ? "/photos/2024/" : i % 3 == 1 ? "/photos/" : "/cache/deep/") + "file " + i, bytes);
        }
        return files;
    }

    private PluginProcess start() throws IOException, InterruptedException {
        return PluginProcess.start(PluginCommand.builder(Path.of(System.getProperty("java.home"), "bin", "java"))
                .args(List.of("-cp", System.getProperty("java.class.path"), WebPlugin.class.getName()))
                .name("web")
                .environment(Map.of("KLOSET_STATS", "1"))
                .stderr(errors::add)
                .build());
    }

    private static ConnectorContext context(FlakyWebServer server, long timeoutMillis, long giveUpMillis,
            String... excludes) {
        return ConnectorContext.of("web",
                ConnectorConfig.of(Map.of("location", "web://" + server.address(), "timeout_ms",
                        String.valueOf(timeoutMillis), "give_up_ms", String.valueOf(giveUpMillis))),
                Options.builder().hostname("here").excludes(List.of(excludes)).build());
    }

    /** {@return the contents by path} Reads eight at a time, as a backup does. */
    private static Map<String, byte[]> backUp(Importer importer) throws Exception {
        Map<String, byte[]> contents = new ConcurrentHashMap<>();
        List<Future<?>> reads = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService readers = Executors.newFixedThreadPool(8)) {
            importer.importRecords((record, onResult) -> reads.add(readers.submit(() -> {
                if (record instanceof FileRecord file && file.content().isPresent()) {
                    try (InputStream in = file.content().get().open()) {
                        contents.put(file.pathname(), in.readAllBytes());
                    }
                }
                onResult.accept(ConnectorResult.ok(record));
                return null;
            })));
        }
        for (Future<?> read : reads) {
            read.get();
        }
        return contents;
    }

    @Test
    void aServerThatStallsOrResetsEverySeventhReadIsBackedUpAndTheReportCountsTheRetries() throws Exception {
        Map<String, byte[]> files = files();
        try (FlakyWebServer server = FlakyWebServer.of(files)) {
            try (PluginProcess plugin = start(); Importer importer = plugin.importer(context(server, 1000, 60_000))) {
                Map<String, byte[]> contents = backUp(importer);
                assertThat(contents.keySet()).isEqualTo(files.keySet());
                contents.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(files.get(path)));
            }
            assertThat(server.stalls()).isGreaterThan(5);
            assertThat(server.resets()).isGreaterThan(5);
            // Java's client itself retries once if a connection breaks before the answer begins, so not every reset is counted.
            assertThat(errors).anySatisfy(line -> {
                assertThat(line).contains(server.address() + " needed ", " × Connection reset", " × nothing came for ");
                assertThat(Integer.parseInt(line.replaceFirst(".* needed (\\d+) retries .*", "$1")))
                        .isGreaterThanOrEqualTo(server.stalls());
            });
            assertThat(errors).anySatisfy(line -> assertThat(line).matches("stats:   24 contents to the host, .*"))
                    .anySatisfy(
                            line -> assertThat(line).matches("stats:   tried again \\d+ times: Connection reset"))
                    .anySatisfy(line -> assertThat(line)
                            .matches("stats:   tried again \\d+ times: nothing came for 1 s"));
        }
    }

    @Test
    void aDeadServerFailsWithinTheConfiguredTime() throws Exception {
        try (FlakyWebServer server = FlakyWebServer.dead();
                PluginProcess plugin = start();
                Importer importer = plugin.importer(context(server, 300, 1000))) {
            assertThatThrownBy(() -> backUp(importer))
                    .hasMessageMatching("plugin web: cannot list /, given up after [123] attempts? in "
                            + "\\d+ m?s: cannot get an answer from " + server.address() + ": nothing came for 300 ms");
        }
    }

    @Test
    void anExcludedRemoteDirectoryIsNeverListed() throws Exception {
        try (FlakyWebServer server = FlakyWebServer.of(files());
                PluginProcess plugin = start();
                Importer importer = plugin.importer(context(server, 1000, 60_000, "cache", "!/photos/cache"))) {
            assertThat(backUp(importer).keySet()).isNotEmpty().allMatch(path -> path.startsWith("/photos/"));
            assertThat(server.asked()).contains("/", "/photos/", "/photos/2024/")
                    .noneMatch(path -> path.startsWith(
                            "/cache"));
        }
    }
}
