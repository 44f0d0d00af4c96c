package dev.kloset.kafka;

import static dev.kloset.kafka.Work.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.servers.KafkaBroker;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a topic is in a backup, with a real broker. */
class KafkaBackupTest {

    private Work work;

    @BeforeEach
    void start() throws Exception {
        work = new Work(KafkaBroker.shared());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void recordsAreInFilesOfEqualRangesOfOffsets() throws Exception {
        String topic = work.topic(2);
        work.count(topic, 1, 0, 40);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(snapshot.errors()).isEmpty();
            assertThat(snapshot.paths()).contains(Layout.CLUSTER, Layout.POINT, Layout.description(topic),
                    Layout.partition(topic, 1)).doesNotContain(Layout.partition(topic, 0));
            assertThat(snapshot.windows(topic, 1)).containsExactly(Layout.window(topic, 1, 0),
                    Layout.window(topic, 1, 16), Layout.window(topic, 1, 32));
            assertThat(Snapshot.values(snapshot.records(Layout.window(topic, 1, 16)))).isEqualTo(numbers(16, 32));
            assertThat(Snapshot.values(snapshot.records(topic, 1))).isEqualTo(numbers(0, 40));
            assertThat(snapshot.text(Layout.POINT)).contains("\"cut\": 40");
        }
    }

    @Test
    void aPartitionWhoseRecordsAreAllDeletedHasNoFiles() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 40);
        work.deleteBefore(topic, 0, 40);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(snapshot.errors()).isEmpty();
            assertThat(snapshot.paths()).contains(Layout.description(topic), Layout.POINT)
                    .doesNotContain(Layout.partition(topic, 0));
            assertThat(snapshot.windows(topic, 0)).isEmpty();
        }
    }

    @Test
    void everythingOfARecordIsKept() throws Exception {
        String topic = work.topic(1, "retention.ms=-1");
        try (KafkaProducer<byte[], byte[]> producer = work.producer()) {
            ProducerRecord<byte[], byte[]> rich = new ProducerRecord<>(topic, 0, 1_700_000_000_123L,
                    "key".getBytes(UTF_8),
                    "value".getBytes(UTF_8));
            rich.headers().add("twice", "one".getBytes(UTF_8));
            rich.headers().add("twice", "two".getBytes(UTF_8));
            rich.headers().add(new RecordHeader("none", (byte[]) null));
            rich.headers().add("", new byte[0]);
            var _ = producer.send(rich);
            var _ = producer.send(record(topic, 0, "gone", null));
            var _ = producer.send(record(topic, 0, "", ""));
            var _ = producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, 0L, (byte[]) null, (byte[]) null));
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            List<ConsumerRecord<byte[], byte[]>> records = snapshot.records(topic, 0);
            ConsumerRecord<byte[], byte[]> rich = records.getFirst();
            assertThat(rich.timestamp()).isEqualTo(1_700_000_000_123L);
            assertThat(rich.key()).isEqualTo("key".getBytes(UTF_8));
            assertThat(rich.headers().toArray()).containsExactly(new RecordHeader("twice", "one".getBytes(UTF_8)),
                    new RecordHeader("twice", "two".getBytes(UTF_8)), new RecordHeader("none", (byte[]) null),
                    new RecordHeader("", new byte[0]));
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(2).key()).isEmpty();
            assertThat(records.get(2).value()).isEmpty();
            assertThat(records.get(3).key()).isNull();
            assertThat(records.get(3).timestamp()).isZero();
        }
    }

    @Test
    void anOpenTransactionEndsTheBackupBeforeIt() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 20);
        try (KafkaProducer<byte[], byte[]> producer = work.producer("transactional.id=open" + topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(record(topic, 0, null, "open"));
            producer.flush();
            work.count(topic, 0, 20, 25);
            try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
                assertThat(Snapshot.values(snapshot.records(topic, 0))).isEqualTo(numbers(0, 20));
                assertThat(snapshot.text(Layout.POINT)).contains("\"cut\": 20").contains("\"high\": 26");
            }
            producer.commitTransaction();
        }
        work.awaitDecided(topic, 0);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(Snapshot.values(snapshot.records(topic, 0))).hasSize(26).contains("open");
        }
    }

    @Test
    void abortedRecordsAreInNoBackup() throws Exception {
        String topic = work.topic(1);
        try (KafkaProducer<byte[], byte[]> producer = work.producer("transactional.id=abort" + topic)) {
            producer.initTransactions();
            for (int i = 0; i < 2; i++) {
                producer.beginTransaction();
                for (int j = 0; j < 30; j++) {
                    var _ = producer.send(record(topic, 0, null, i + "." + j));
                }
                producer.flush();
                if (i == 0) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        work.awaitDecided(topic, 0);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(Snapshot.values(snapshot.records(topic, 0))).hasSize(30)
                    .allMatch(value -> value.startsWith("1."));
            assertThat(snapshot.records(Layout.window(topic, 0, 0))).as("a window of aborted records alone").isEmpty();
            assertThat(snapshot.windows(topic, 0)).hasSize(4);
        }
    }

    @Test
    void allCodecsCanBeReadAndGiveEqualBytes() throws Exception {
        List<byte[]> files = new ArrayList<>();
        for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            String topic = work.topic(1, "retention.ms=-1");
            try (KafkaProducer<byte[], byte[]> producer = work.producer("compression.type=" + codec, "linger.ms=100")) {
                for (int i = 0; i < 16; i++) {
                    var _ = producer.send(
                            new ProducerRecord<>(topic, 0, 1_000_000L + i, null, "value ".repeat(20).getBytes(UTF_8)));
                }
            }
            try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
                String file = Layout.window(topic, 0, 0);
                assertThat(snapshot.records(file)).as(codec).hasSize(16);
                byte[] bytes = snapshot.bytes(file);
                files.add(Arrays.copyOfRange(bytes, bytes.length - 16 * 120, bytes.length - 8));
            }
        }
        assertThat(files).allSatisfy(file -> assertThat(file).isEqualTo(files.getFirst()));
    }

    @Test
    void timesOfTheBrokerAreKnownAsSuch() throws Exception {
        String topic = work.topic(1, "message.timestamp.type=LogAppendTime");
        try (KafkaProducer<byte[], byte[]> producer = work.producer()) {
            var _ = producer.send(new ProducerRecord<>(topic, 0, 5L, null, "x".getBytes(UTF_8)));
        }
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            ConsumerRecord<byte[], byte[]> record = snapshot.records(topic, 0).getFirst();
            assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(record.timestamp()).isGreaterThan(5L);
        }
    }

    @Test
    void twoBackupsOfAnIdleTopicHaveEqualBytes() throws Exception {
        String topic = work.topic(1, "retention.ms=-1");
        work.count(topic, 0, 0, 100);
        try (Snapshot first = Snapshot.take(work.settings(topic));
                Snapshot second = Snapshot.take(work.settings(topic))) {
            assertThat(second.paths()).isEqualTo(first.paths());
            for (String path : first.paths()) {
                if (path.endsWith(".krec") || path.endsWith(".json")) {
                    assertThat(second.bytes(path)).as(path).isEqualTo(first.bytes(path));
                }
            }
        }
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsAnError() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 3);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            work.delete(topic);
            assertThatThrownBy(() -> snapshot.bytes(Layout.window(topic, 0, 0)))
                    .hasMessage("topic " + topic + " was deleted while it was to be read");
            work.create(topic, 1);
            work.count(topic, 0, 0, 3);
            assertThatThrownBy(() -> snapshot.bytes(Layout.window(topic, 0, 0)))
                    .hasMessage("topic " + topic + " was deleted and made again while it was to be read");
        }
    }

    @Test
    void aWindowWhoseStartIsDeletedMeanwhileIsAnErrorAndNoEmptyFile() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 40);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            work.deleteBefore(topic, 0, 20);
            assertThatThrownBy(() -> snapshot.bytes(Layout.window(topic, 0, 0))).hasMessage(
                    "topic " + topic
                            + ", partition 0: offsets 0 to 15 were deleted by retention while they were to be read");
            assertThatThrownBy(() -> snapshot.bytes(Layout.window(topic, 0, 16))).hasMessage(
                    "topic " + topic
                            + ", partition 0: offsets 16 to 19 were deleted by retention while they were to be read");
            assertThat(Snapshot.values(snapshot.records(Layout.window(topic, 0, 32)))).isEqualTo(numbers(32, 40));
        }
    }

    @Test
    void aStreamThatIsClosedEarlyDisturbsNoOther() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 64);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            for (int i = 0; i < 40; i++) { // more than there are consumers
                try (InputStream in = snapshot.open(Layout.window(topic, 0, 16))) {
                    assertThat(in.read()).isEqualTo('K');
                }
                assertThat(Snapshot.values(snapshot.records(Layout.window(topic, 0, 32)))).isEqualTo(numbers(32, 48));
            }
        }
    }

    @Test
    void newPartitionsAreInTheNextBackup() throws Exception {
        String topic = work.topic(1);
        work.count(topic, 0, 0, 3);
        Snapshot.take(work.settings(topic)).close();
        try (Admin admin = KafkaBroker.shared().admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        }
        work.count(topic, 2, 0, 3);
        try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
            assertThat(Snapshot.values(snapshot.records(topic, 2))).isEqualTo(numbers(0, 3));
        }
    }

    @Test
    void aCompactedTopicIsReadToItsCut() throws Exception {
        String topic = work.topic(1, "cleanup.policy=compact", "segment.ms=100", "min.cleanable.dirty.ratio=0.001",
                "max.compaction.lag.ms=100");
        int sent = 0;
        for (int left = Integer.MAX_VALUE; left > sent / 2;) {
            try (KafkaProducer<byte[], byte[]> producer = work.producer()) {
                for (int i = 0; i < 20; i++) {
                    var _ = producer.send(record(topic, 0, "k", Integer.toString(sent++)));
                }
            }
            try (Snapshot snapshot = Snapshot.take(work.settings(topic))) {
                List<String> values = Snapshot.values(snapshot.records(topic, 0));
                assertThat(values).as("the newest value is never gone").contains(Integer.toString(sent - 1));
                assertThat(snapshot.windows(topic, 0)).hasSize((sent + 15) / 16);
                left = values.size();
            }
        }
    }
}
