package dev.kloset.kafka;

import dev.kloset.Plugin;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** The exporter keeps the contract, but for what it says of files that are none of a cluster: those it refuses. */
class KafkaExporterContractTest extends ExporterContract {

    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.emptied();
    }

    @Override
    protected Plugin plugin() {
        return KafkaPlugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return new ClusterView(broker).settings();
    }

    @Override
    protected Map<Clause, String> waivers() {
        String foreign = "the files of the check are none of a backup of Kafka, and each is refused";
        return Map.of(Clause.E03, foreign, Clause.E04, foreign, Clause.E08, foreign, Clause.E13, foreign, Clause.E14,
                foreign, Clause.E18, "a cluster has no directories");
    }

    @Override
    protected Optional<Subject> process() {
        return main(KafkaPlugin.class.getName(), "exporter");
    }

    @Override
    protected void configure(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }
}
