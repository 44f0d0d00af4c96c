package dev.kloset.kafka;

import dev.kloset.Plugin;
import dev.kloset.kafka.backup.KafkaImporter;
import dev.kloset.kafka.backup.SourceSettings;
import dev.kloset.kafka.connect.ClientRehearsal;
import dev.kloset.kafka.connect.KafkaErrors;
import dev.kloset.kafka.restore.KafkaExporter;
import dev.kloset.kafka.restore.TargetSettings;
import dev.kloset.sdk.Entrypoint;

/** Topics and groups of Apache Kafka as source and destination, under the protocol {@code kafka}. */
public final class KafkaPlugin {

    private static final String PROTOCOL = "kafka";

    private KafkaPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }

    static Plugin plugin() {
        return Plugin.builder(PROTOCOL)
                .importer(PROTOCOL, SourceSettings.class, KafkaImporter::new)
                .exporter(PROTOCOL, TargetSettings.class, KafkaExporter::new)
                .errors(KafkaErrors.table())
                .rehearsal(ClientRehearsal::run)
                .build();
    }
}
