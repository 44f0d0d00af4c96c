package dev.kloset.kafka;

import dev.kloset.kafka.servers.KafkaBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The oldest brokers that the plugin supports, with {@code -Pfull}. */
@EnabledIfSystemProperty(named = "kafka.oldest", matches = "true")
class KafkaOldestTest {

    @Test
    void topicsAndGroupsOfAllKindsComeBack() throws Exception {
        try (KafkaBroker broker = KafkaBroker.oldest()) {
            for (long seed = 0; seed < 3; seed++) {
                new LiveTrip(broker).run(seed);
            }
            new GroupsTrip(broker).run();
        }
    }
}
