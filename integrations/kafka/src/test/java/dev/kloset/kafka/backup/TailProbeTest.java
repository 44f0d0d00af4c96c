package dev.kloset.kafka.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.Work;
import dev.kloset.kafka.servers.KafkaBroker;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whether offsets are empty is what the leader says, not what is missing. */
class TailProbeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void onlyTheLeadersAnswerMakesATailEmpty() throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        Work work = new Work(broker);
        String topic = work.topic(1);
        TopicPartition partition = new TopicPartition(topic, 0);
        work.count(topic, 0, 0, 20);
        try (Consumers consumers = new Consumers(Map.of("bootstrap.servers", broker.bootstrap()), 128L << 20)) {
            assertThat(TailProbe.isEmpty(consumers, partition, 20, 20, LIMIT)).isTrue();
            assertThat(TailProbe.isEmpty(consumers, partition, 20, 21, LIMIT)).as("the log ends before").isFalse();
            assertThat(TailProbe.isEmpty(consumers, partition, 10, 20, LIMIT)).as("there are records").isFalse();
        }
        try (Consumers consumers = new Consumers(Map.of("bootstrap.servers", "127.0.0.1:1"), 128L << 20)) {
            assertThat(TailProbe.isEmpty(consumers, partition, 20, 20, Duration.ofSeconds(1))).as("no answer")
                    .isFalse();
        }
    }
}
