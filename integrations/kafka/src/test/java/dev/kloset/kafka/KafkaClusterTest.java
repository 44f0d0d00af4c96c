package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** Three brokers, of which some die. */
class KafkaClusterTest {

    private static final String TOPIC = "contested";

    /** Waits for brokers that do not know the topic yet: any of the three may answer. */
    private static TopicPartitionInfo partition(Admin admin) throws Exception {
        while (true) {
            try {
                return Objects.requireNonNull(admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC))
                        .partitions()
                        .getFirst();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void awaitLeader(Admin admin, int id) throws Exception {
        while (true) {
            Node leader = partition(admin).leader();
            if (leader != null && leader.id() == id) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private static void awaitBrokers(Admin admin, int count) throws Exception {
        while (admin.describeCluster().nodes().get().size() != count) {
            Thread.sleep(100);
        }
    }

    /** Returns when each replica in sync has the records, so that killing one of them loses none. */
    private static void send(KafkaBroker broker, String prefix, int from, int to) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new Work(broker).producer("acks=all",
                "enable.idempotence=false")) {
            for (int i = from; i < to; i++) {
                producer.send(Work.record(TOPIC, 0, null, prefix + i)).get();
            }
        }
    }

    @Test
    void recordsThatAnUncleanElectionReplacedAreReadAgainAndADeadClusterIsASentence() throws Exception {
        List<KafkaBroker> brokers = KafkaBroker.cluster(3);
        try (Admin admin = brokers.getFirst().admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Map.of(0, List.of(2, 3))).configs(
                    Map.of("min.insync.replicas", "1", "retention.ms", "-1")))).all().get();
            awaitLeader(admin, 2);
            send(brokers.getFirst(), "old", 0, 40);
            while (partition(admin).isr().size() < 2) {
                Thread.sleep(100);
            }
            brokers.get(2).kill();
            awaitBrokers(admin, 2);
            send(brokers.getFirst(), "old", 40, 60);
            Work work = new Work(brokers.getFirst());
            try (Snapshot before = Snapshot.take(work.settings(TOPIC))) {
                assertThat(before.errors()).isEmpty();
                assertThat(Snapshot.values(before.records(TOPIC, 0))).hasSize(60);
                brokers.get(1).kill();
                brokers.get(2).revive();
                elect(admin);
                awaitLeader(admin, 3);
                awaitBrokers(admin, 2);
                send(brokers.getFirst(), "new", 40, 60);
                try (Snapshot after = Snapshot.take(work.settings(TOPIC))) {
                    Set<String> changed = after.changedSince(before);
                    assertThat(after.windows(TOPIC, 0)).isEqualTo(before.windows(TOPIC, 0));
                    assertThat(Snapshot.values(after.records(TOPIC, 0))).startsWith("old0")
                            .endsWith("new59")
                            .hasSize(60);
                    assertThat(changed).contains(Layout.window(TOPIC, 0, 32), Layout.window(TOPIC, 0, 48))
                            .doesNotContain(Layout.window(TOPIC, 0, 0), Layout.window(TOPIC, 0, 16));
                }
            }
            deadBrokers(work, brokers);
        } finally {
            brokers.forEach(KafkaBroker::close);
        }
    }

    private static void elect(Admin admin) throws Exception {
        while (true) {
            try {
                admin.electLeaders(ElectionType.UNCLEAN, Set.of(new TopicPartition(TOPIC, 0))).all().get();
                return;
            } catch (ExecutionException e) {
                Thread.sleep(500); // the broker is not back yet
            }
        }
    }

    private static void deadBrokers(Work work, List<KafkaBroker> brokers) throws Exception {
        try (Snapshot snapshot = Snapshot.take(work.settings(TOPIC, "timeout=6s"))) {
            brokers.get(2).kill();
            String sentence = "no failure";
            try {
                snapshot.bytes(Layout.window(TOPIC, 0, 0));
            } catch (IOException e) {
                sentence = Sentence.of(e);
            }
            assertThat(sentence)
                    .startsWith("cannot read topic contested, partition 0 from offset 0: nothing came for 6s");
        }
        try (Admin admin = brokers.getFirst().admin()) {
            awaitBrokers(admin, 1);
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(TOPIC, "timeout=6s"))) {
            assertThat(snapshot.errors()).containsEntry(Layout.partition(TOPIC, 0),
                    "topic contested, partition 0: no broker leads it, because those that have its records are down");
        }
    }
}
