package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.PointFile;
import dev.kloset.kafka.servers.KafkaBroker;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backups while producers, transactions and a group are at work: each committed record comes back once and in order, and the group
 * reads what it had not read.
 */
class KafkaLiveTest {

    /** A sample of them in each build, {@code -Pfull} for all. */
    private static final int SEEDS = Integer.getInteger("kafka.seeds", 3);

    private static KafkaBroker broker;
    private static ClusterView cluster;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start(Map.of());
        cluster = new ClusterView(broker);
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachCommittedRecordComesBackAndTheGroupGoesOn(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        String topic = "t" + seed;
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1)
                    .configs(random.nextBoolean()
                            ? Map.of("retention.ms", "-1")
                            : Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"))))
                    .all()
                    .get();
            SnapshotFiles snapshot;
            try (Traffic traffic = Traffic.start(broker, topic, seed)) {
                traffic.awaitMore(random.nextInt(40));
                if (random.nextInt(3) == 0) {
                    admin.deleteRecords(
                            Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(random.nextInt(10))))
                            .all()
                            .get();
                }
                snapshot = SnapshotFiles
                        .of(cluster.settings("topics", topic, "groups", traffic.group(), "window", "64"));
                traffic.awaitMore(random.nextInt(10));
            }
            String mode = seed % 2 == 0 ? "b-" : "a-"; // before and behind the source in any list
            assertThat(snapshot.restore(cluster.settings("prefix", mode))).isEmpty();

            compare(snapshot, topic, mode);
            admin.deleteTopics(List.of(topic, mode + topic)).all().get();
        }
    }

    private static void compare(SnapshotFiles snapshot, String topic, String prefix) throws Exception {
        GroupFile group = GroupFile.read(snapshot.file(Layout.group(topic + "/readers")));
        for (PointFile.Partition partition : PointFile.read(snapshot.file(Layout.POINT)).partitions()) {
            int number = partition.partition();
            List<ConsumerRecord<byte[], byte[]>> expected = cluster.records(topic, number)
                    .stream()
                    .filter(record -> record.offset() >= partition.earliest() && record.offset() < partition.cut())
                    .toList();
            assertThat(times(cluster.records(prefix + topic, number))).as("partition %s", number)
                    .isEqualTo(times(expected));
            for (GroupOffset offset : group.offsets()) {
                if (offset.partition() == number) {
                    assertThat(offset.offset()).isLessThanOrEqualTo(partition.cut());
                    long goesOn = cluster.offset(prefix + group.group(), prefix + topic, number);
                    assertThat(times(cluster.records(prefix + topic, number, goesOn))).as("unread of %s", number)
                            .isEqualTo(times(expected.stream()
                                    .filter(record -> record.offset() >= offset.offset())
                                    .toList()));
                }
            }
        }
    }

    /** {@return everything of records but offsets and the kind of their timestamps} */
    private static List<String> times(List<ConsumerRecord<byte[], byte[]>> records) {
        return ClusterView.texts(records).stream().map(text -> text.substring(text.indexOf(' ') + 1)).toList();
    }
}
