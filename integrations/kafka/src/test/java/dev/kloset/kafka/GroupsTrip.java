package dev.kloset.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.servers.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A share group and a group of Kafka Streams, in a backup and in its restore, where each reads exactly what it had not read. */
record GroupsTrip(KafkaBroker broker) {

    /** Before this record is the mark of a transaction, so that offsets differ from numbers of records. */
    private static final int FIRST_AFTER_MARK = 10;
    private static final int SHARED = 10;
    private static final int STREAMED = 40;
    private static final int ALL = 45;

    void run() throws Exception {
        Work work = new Work(broker);
        String topic = work.topic(1, "retention.ms=-1");
        String shared = "shared-" + topic;
        String streamed = "streamed-" + topic;
        send(work, topic);
        // Twice: a coordinator writes where a group begins when it writes the next acknowledgements.
        share(shared, topic, SHARED);
        share(shared, topic, SHARED);
        assertThat(new StreamsReader(broker, streamed, topic).read(STREAMED)).isEqualTo(numbers(0, STREAMED));
        work.count(topic, 0, STREAMED, ALL);
        long start = start(shared, topic);
        assertThat(start).isGreaterThanOrEqualTo(FIRST_AFTER_MARK);

        SnapshotFiles snapshot = SnapshotFiles.of(work.settings(topic, "groups=s*ed-" + topic));

        assertThat(group(snapshot, shared, GroupKind.SHARE)).isEqualTo(start);
        assertThat(group(snapshot, streamed, GroupKind.STREAMS)).isEqualTo(STREAMED + 1);
        assertThat(snapshot.restore(new ClusterView(broker).settings("prefix", "r-"))).isEmpty();
        int begun = (int) (start > FIRST_AFTER_MARK ? start - 1 : start);
        assertThat(start("r-" + shared, "r-" + topic)).isEqualTo(begun);
        assertThat(share("r-" + shared, "r-" + topic, ALL - begun)).isEqualTo(numbers(begun, ALL));
        assertThat(new StreamsReader(broker, "r-" + streamed, "r-" + topic).read(ALL - STREAMED))
                .isEqualTo(numbers(STREAMED, ALL));
    }

    private static void send(Work work, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = work.producer("transactional.id=" + topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < FIRST_AFTER_MARK; i++) {
                var _ = producer.send(Work.record(topic, 0, null, Integer.toString(i)));
            }
            producer.commitTransaction();
        }
        work.awaitDecided(topic, 0);
        work.count(topic, 0, FIRST_AFTER_MARK, STREAMED);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static long group(SnapshotFiles snapshot, String id, GroupKind kind) throws Exception {
        GroupFile group = GroupFile.read(snapshot.file(Layout.group(id)));
        assertThat(group.kind()).isEqualTo(kind);
        assertThat(group.offsets()).hasSize(1);
        return group.offsets().getFirst().offset();
    }

    /** {@return the first values that a share group gets} It acknowledges so many, and releases others. */
    private List<String> share(String group, String topic, int count) throws Exception {
        List<String> values = new ArrayList<>();
        try (Admin admin = broker.admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group),
                    List.of(new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
                            AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        broker.settle(); // otherwise the group may begin at the end
        try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "group.id", group, "share.acknowledgement.mode",
                        "explicit"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    boolean isWanted = values.size() < count;
                    if (isWanted) {
                        values.add(new String(record.value(), UTF_8));
                    }
                    consumer.acknowledge(record, isWanted ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
                }
                consumer.commitSync();
            }
        }
        return values;
    }

    private long start(String group, String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, SharePartitionOffsetInfo> starts = admin
                    .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group)
                    .get();
            return Objects.requireNonNull(starts.get(new TopicPartition(topic, 0))).startOffset();
        }
    }
}
