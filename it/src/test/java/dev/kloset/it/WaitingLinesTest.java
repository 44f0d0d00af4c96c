package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real plugin process that keeps its host waiting, or cannot do what the host asks. */
@Timeout(120)
class WaitingLinesTest {

    @TempDir
    Path directory = Path.of("");

    private final BlockingQueue<String> plugins = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> hosts = new LinkedBlockingQueue<>();

    private static void importer(PluginProcess plugin, Map<String, String> settings) {
        try {
            plugin.importer(ShelfProcess.context(settings)).close();
        } catch (IOException | InterruptedException e) {
            // The server was closed; this test does not examine the consequences.
        }
    }

    @Test
    void thePluginAndTheHostReportAConstructorThatWaitsForItsServer() throws Exception {
        ShelfProcess shelf = new ShelfProcess(directory);
        ShelfServer server = new ShelfServer();
        Map<String, String> settings = ShelfProcess.settings("shelf://" + server.address() + "/silent", "timeout",
                "1h");
        try (PluginProcess plugin = PluginProcess.start(shelf.command(Map.of("KLOSET_WATCHDOG", "1s"))
                .stderr(plugins::add)
                .waiting(Duration.ofSeconds(1), hosts::add)
                .build())) {
            Thread init = Thread.ofVirtual().start(() -> importer(plugin, settings));
            assertThat(hosts.take()).matches("waiting for the plugin shelf, which has not answered Init for \\d+ s");
            String line = plugins.take();
            while (!line.contains("busy")) {
                line = plugins.take();
            }
            assertThat(line).matches("kloset: the host waits for the connector, which has been busy with "
                    + "Init \\(its constructor\\) for \\d+ s, at dev\\.kloset\\.it\\.ShelfPlugin\\$ShelfImporter\\.visit.*");
            server.close();
            init.join();
        }
    }

    @Test
    void aPluginThatOnlyImportsSaysSoWhenAskedToExport() throws Exception {
        try (PluginProcess plugin = PluginProcess.start(new ShelfProcess(directory).command(Map.of()).build())) {
            assertThatThrownBy(() -> plugin.exporter(ShelfProcess.context(ShelfProcess.settings("shelf://x/y"))))
                    .hasMessage("plugin shelf offers importers only, not an exporter for shelf://");
        }
    }
}
