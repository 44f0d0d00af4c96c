package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.examples.WebPlugin;
import dev.kloset.resilience.FlakyWebServer;
import dev.kloset.resilience.Retry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a remote source under the real Plakar, with a server that makes trouble. */
class RemoteSourceInPlakarTest {

    @TempDir
    Path directory;

    private Plakar plakar() throws Exception {
        Plakar plakar = Plakar.below(directory);
        plakar.install(PluginImage.remoteImporter(directory.resolve("image"), "web", WebPlugin.class, Retry.class));
        return plakar;
    }

    @Test
    void aServerThatStallsOrResetsEverySeventhReadIsBackedUpAndTheReportCountsTheRetries() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        Random random = new Random(6);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200_000)];
            random.nextBytes(bytes);
            files.put((i % 2 == 0 ? "/photos/2024/" : "/photos/") + "file " + i, bytes);
        }
        try (FlakyWebServer server = FlakyWebServer.of(files); Plakar plakar = plakar()) {
            Repository repository = plakar.at("fs://" + directory.resolve("repository")).create();
            Outcome backup = repository.ok("backup", "-o", "timeout_ms=1000", "web://" + server.address());
            assertThat(server.stalls()).isPositive();
            assertThat(server.resets()).isPositive();
            assertThat(backup.text()).containsPattern(server.address() + " needed \\d+ retries \\(");

            repository.ok("restore", "-to", "fs://" + directory.resolve("restored"),
                    repository.snapshotIds().getFirst());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(Files.readAllBytes(directory.resolve("restored" + file.getKey()))).as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void aDeadServerFailsWithASentence() throws Exception {
        try (FlakyWebServer server = FlakyWebServer.dead(); Plakar plakar = plakar()) {
            Repository repository = plakar.at("fs://" + directory.resolve("repository")).create();
            Outcome backup = repository.run("backup", "-o", "timeout_ms=300", "-o", "give_up_ms=1000",
                    "web://" + server.address());
            assertThat(backup.exit()).isNotZero();
            assertThat(backup.text()).contains("cannot list /, given up after ",
                    "cannot get an answer from " + server.address() + ": nothing came for 300 ms");
        }
    }
}
