package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the integrations, followed from the package to the restored data. */
class IntegrationPagesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "files", "jdbc", "kafka", "hadoop" })
    void thePageInstallsTheIntegrationAndItsExampleRuns(String integration) throws Exception {
        String page = "docs/integrations/" + integration + ".md";
        Path checkout = Checkout.of(directory.resolve("checkout"), "files", "jdbc", "kafka", "hadoop");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("kloset"), checkout.resolve("kloset"));
        try (Plakar plakar = Plakar.below(directory)
                .with("PATH", bin + ":" + System.getenv("PATH"))
                .with("PLAKAR_PASSPHRASE", "what a user types")) {
            new Newcomer(plakar, checkout).follow(Walkthrough.chapter(page, "Install"));

            String installed = plakar.shell(directory, plakar.installation() + "/kloset-" + integration + " --version")
                    .orFail()
                    .out();
            assertThat(installed).startsWith(integration + " v");
            assertThat(plakar.ok("pkg", "show").lines())
                    .containsExactly(integration + "@" + installed.split(" ", -1)[1]);

            runExample(plakar, integration, Walkthrough.chapter(page, "An example that runs"));
        }
    }

    private void runExample(Plakar plakar, String integration, List<Walkthrough.Step> example) throws Exception {
        Newcomer newcomer = new Newcomer(plakar, Files.createDirectory(directory.resolve("empty")));
        switch (integration) {
            case "kafka" -> runWithKafka(plakar, newcomer, example);
            case "hadoop" -> runWithHdfs(plakar, newcomer, example);
            default -> newcomer.follow(example);
        }
    }

    private static void runWithKafka(Plakar plakar, Newcomer newcomer, List<Walkthrough.Step> example)
            throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start()) {
            cluster.topic("colours", 2, Map.of());
            try (var producer = cluster.producer()) {
                for (String colour : List.of("red", "green", "blue")) {
                    var _ = producer.send(KafkaCluster.record("colours", colour.length() % 2, colour, colour));
                }
            }
            plakar.with("BROKER", cluster.address());
            newcomer.follow(example);
            for (int partition = 0; partition < 2; partition++) {
                assertThat(cluster.records("old-colours", partition)).isNotEmpty()
                        .isEqualTo(cluster.records("colours", partition));
            }
        }
    }

    private static void runWithHdfs(Plakar plakar, Newcomer newcomer, List<Walkthrough.Step> example)
            throws Exception {
        try (MiniHdfs cluster = MiniHdfs.start(1, Map.of()); FileSystem admin = cluster.admin()) {
            plakar.with("NAMENODE", URI.create(cluster.location()).getAuthority());
            newcomer.follow(example);
            var letter = new org.apache.hadoop.fs.Path("/tmp/kloset-example/first");
            try (InputStream in = admin.open(letter)) {
                assertThat(in).hasContent("Dear Sir\n");
            }
        }
    }
}
