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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One backup of a topic at which producers, transactions and a group are at work, and its restore. */
record LiveTrip(KafkaBroker broker) {

    /** Make a topic, back it up in the middle of traffic, restore it beside itself, and compare. */
    void run(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        String topic = "t" + seed;
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1)
                    .configs(random.nextBoolean()
                            ? Map.of("retention.ms", "-1")
                            : Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"))))
                    .all()
                    .get();
            ClusterView cluster = new ClusterView(broker);
            SnapshotFiles snapshot;
            try (Traffic traffic = Traffic.start(broker, topic, seed)) {
                traffic.awaitMore(random.nextInt(40));
                if (random.nextInt(3) == 0) {
                    delete(admin, traffic, new TopicPartition(topic, 0), random.nextInt(10));
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

    /** Delete the first records of a partition, as soon as there are so many. */
    private static void delete(Admin admin, Traffic traffic, TopicPartition partition, int before) throws Exception {
        while (admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset() < before) {
            traffic.awaitMore(1);
        }
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
    }

    private void compare(SnapshotFiles snapshot, String topic, String prefix) throws Exception {
        ClusterView cluster = new ClusterView(broker);
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
