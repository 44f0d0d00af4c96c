package dev.kloset.kafka;

import static dev.kloset.kafka.Work.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.kafka.servers.KafkaBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backup has besides records: groups, configs, quotas. */
class KafkaSettingsTest {

    private KafkaBroker broker;
    private Work work;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.shared();
        work = new Work(broker);
    }

    private void consume(String topic, String group, String protocol, int count) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrap(), "group.id", group,
                "group.protocol", protocol, "auto.offset.reset", "earliest", "enable.auto.commit", "false",
                "max.poll.records", "1", "key.deserializer", ByteArrayDeserializer.class, "value.deserializer",
                ByteArrayDeserializer.class));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(topic));
            int seen = 0;
            while (seen < count) {
                seen += consumer.poll(Duration.ofMillis(200)).count();
            }
            consumer.commitSync();
        }
    }

    @Test
    void groupsOfBothProtocolsHaveTheirOffsets() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 20);
        consume(topic, "classic-" + topic, "classic", 3);
        consume(topic, "consumer-" + topic, "consumer", 5);
        String slash = "a/b c%-" + topic;
        try (Admin admin = broker.admin()) {
            admin.alterConsumerGroupOffsets(slash,
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(7, "where I was"))).all().get();
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            GroupFile classic = GroupFile.read(snapshot.bytes(Layout.group("classic-" + topic)));
            assertThat(classic.kind()).isEqualTo(GroupKind.CLASSIC);
            assertThat(classic.offsets()).singleElement().extracting(GroupOffset::offset).isEqualTo(3L);
            GroupFile consumer = GroupFile.read(snapshot.bytes(Layout.group("consumer-" + topic)));
            assertThat(consumer.kind()).isEqualTo(GroupKind.CONSUMER);
            assertThat(consumer.offsets()).singleElement().extracting(GroupOffset::offset).isEqualTo(5L);
            assertThat(GroupFile.read(snapshot.bytes(Layout.group(slash))).offsets())
                    .containsExactly(new GroupOffset(topic, 0, 7, null, "where I was"));
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(topic, "groups=consumer-*"))) {
            assertThat(snapshot.paths()).contains(Layout.group("consumer-" + topic))
                    .doesNotContain(Layout.group("classic-" + topic), Layout.group(slash));
        }
    }

    @Test
    void aShareGroupAndAGroupOfStreamsGoOnWhereTheyWere() throws Exception {
        new GroupsTrip(broker).run();
    }

    @Test
    void groupsThatUseOtherTopicsAreNotInTheBackupOfOne() throws Exception {
        String topic = work.topic(1);
        String other = work.topic(1);
        work.count(other, 0, 0, 2);
        consume(other, "elsewhere-" + other, "classic", 1);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(snapshot.paths()).doesNotContain(Layout.group("elsewhere-" + other));
        }
    }

    @Test
    void topicsHaveTheConfigsThatWereSetForThem() throws Exception {
        String topic = work.topic(2, "retention.ms=1234567", "max.message.bytes=3000000");
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            TopicFile file = TopicFile.read(snapshot.bytes(Layout.description(topic)));
            assertThat(file.configs()).isEqualTo(Map.of("retention.ms", "1234567", "max.message.bytes", "3000000"));
            assertThat(file.partitions()).hasSize(2);
            assertThat(file.replication()).isEqualTo(1);
        }
    }

    @Test
    void quotasAreText() throws Exception {
        String topic = work.topic(1);
        try (Admin admin = broker.admin()) {
            ClientQuotaEntity entity = new ClientQuotaEntity(Map.of("user", "u" + topic));
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity,
                    List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1_048_576.0))))).all().get();
        }
        broker.settle();
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(snapshot.text(Layout.QUOTAS)).contains("u" + topic).contains("producer_byte_rate");
            assertThat(snapshot.paths()).contains(Layout.ACLS);
        }
    }

    @Test
    void internalTopicsAreLeftOutUnlessTheyAreWanted() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 2);
        consume(topic, "internal-" + topic, "classic", 1);
        Map<String, String> settings = work.settings("", "topics=__consumer*");
        settings.put("location", "kafka://" + broker.bootstrap());
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.paths()).doesNotContain(Layout.topic("__consumer_offsets"));
        }
        settings.put("internal", "true");
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.paths()).contains(Layout.topic("__consumer_offsets"));
        }
    }

    @Test
    void aLargeRecordPassesThrough() throws Exception {
        String topic = work.topic(1, "max.message.bytes=12000000");
        String large = "x".repeat(10_000_000);
        try (var producer = work.producer("max.request.size=12000000", "buffer.memory=40000000")) {
            producer.send(record(topic, 0, null, large)).get();
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(snapshot.records(topic, 0).getFirst().value()).hasSize(10_000_000);
        }
    }
}
