package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.kafka.layout.AclsFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.QuotasFile;
import dev.kloset.kafka.layout.Records;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.support.Sentence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that a test has made come into a cluster, or are refused. */
class KafkaRestoreTest {

    private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");
    private static final String ONE_SEGMENT = "4000000000000"; // ms; more than lies between the records of a test
    private static final long TIME = 1_700_000_000_000L; // long past the time after which brokers delete records

    private static KafkaBroker broker;
    private static ClusterView cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.emptied();
        cluster = new ClusterView(broker);
    }

    @AfterEach
    void empty() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        }
        broker.settle();
    }

    private static List<ConsumerRecord<byte[], byte[]>> numbered(long... offsets) {
        return LongStream.of(offsets).mapToObj(i -> Records.of(i, TIME + i, "k" + i % 7, "v" + i)).toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> numbered(int count) {
        return numbered(LongStream.range(0, count).toArray());
    }

    private static MadeSnapshot orders() throws Exception {
        return new MadeSnapshot().topic("orders", KEPT, numbered(40), numbered(5));
    }

    private static String failure(SnapshotFiles snapshot, String... settings) {
        List<String> failures = new ArrayList<>();
        assertThatThrownBy(() -> snapshot.restore(cluster.settings(settings)))
                .satisfies(e -> failures.add(Sentence.of(e)));
        return failures.getFirst();
    }

    @Test
    void recordsComeBackWithKeysHeadersAndTimestampsUnderConfigurationsThatKeepThem() throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[]{ 1 });
        headers.add("h", null);
        headers.add("", new byte[0]);
        List<ConsumerRecord<byte[], byte[]>> odd = List.of(
                Records.of(3, TIME, TimestampType.CREATE_TIME, null, null, headers), Records.of(9, 0, "", ""),
                Records.of(70, TIME, "tombstone", null),
                Records.of(71, Instant.now().toEpochMilli() * 2, null, "later"));
        // With a second segment the first one could be cleaned before it is read.
        Map<String, String> configs = Map.of("cleanup.policy", "compact", "retention.ms", "1000", "segment.ms",
                ONE_SEGMENT, "max.message.bytes", "5000", "compression.type", "gzip", "min.insync.replicas", "2",
                "message.format.version", "3.0");

        assertThat(new MadeSnapshot().topic("odd", configs, odd, List.of(), numbered(40))
                .whole()
                .restore(cluster.settings())).isEmpty();

        assertThat(ClusterView.texts(cluster.records("odd", 0))).isEqualTo(ClusterView.texts(odd));
        assertThat(cluster.records("odd", 1)).isEmpty();
        assertThat(Records.texts(cluster.records("odd", 2))).isEqualTo(Records.texts(numbered(40)));
        assertThat(cluster.configs("odd")).isEqualTo(Map.of("cleanup.policy", "compact", "retention.ms", "1000",
                "segment.ms", ONE_SEGMENT, "max.message.bytes", "5000", "compression.type", "gzip",
                "min.insync.replicas", "1"));
    }

    @Test
    void aRecordWithoutATimestampGetsOneAndThoseOfTheBrokerAreKept() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                Records.of(0, -1, TimestampType.NO_TIMESTAMP_TYPE, null, new byte[]{ 1 }, new RecordHeaders()),
                Records.of(1, TIME, TimestampType.LOG_APPEND_TIME, null, new byte[]{ 2 }, new RecordHeaders()));

        assertThat(new MadeSnapshot()
                .topic("t", Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"), records)
                .whole()
                .restore(cluster.settings())).isEmpty();

        List<ConsumerRecord<byte[], byte[]>> there = cluster.records("t", 0);
        assertThat(there.get(0).timestamp()).isGreaterThan(TIME);
        assertThat(there.get(1).timestamp()).isEqualTo(TIME);
        assertThat(cluster.configs("t")).containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void aRecordOfTenMegabytesComesBack() throws Exception {
        byte[] value = new byte[10 << 20];
        Arrays.fill(value, 10_000, 20_000, (byte) 7);
        assertThat(new MadeSnapshot().topic("large", KEPT,
                List.of(Records.of(0, TIME, TimestampType.CREATE_TIME, null, value, new RecordHeaders())))
                .whole()
                .restore(cluster.settings())).isEmpty();
        assertThat(cluster.records("large", 0)).singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(value));
    }

    @Test
    void groupsGoOnAtTheSameRecords() throws Exception {
        // 1 to 3 are missing, and so are 20 to 39; the log began at 0 and ended behind 44.
        List<ConsumerRecord<byte[], byte[]>> gaps = numbered(0, 4, 5, 18, 19, 40, 44);
        MadeSnapshot snapshot = new MadeSnapshot().topic("gaps", KEPT, gaps, List.of());
        long[] offsets = { 0, 1, 4, 5, 6, 20, 44, 45, 99 };
        long[] expected = { 0, 1, 1, 2, 3, 5, 6, 7, 7 };
        for (int i = 0; i < offsets.length; i++) {
            snapshot.group("a/" + offsets[i], i % 2 == 0 ? GroupKind.CLASSIC : GroupKind.CONSUMER,
                    new GroupOffset("gaps", 0, offsets[i], 3, "m" + i), new GroupOffset("gaps", 1, 0, null, ""));
        }

        assertThat(snapshot.whole().restore(cluster.settings("prefix", "old-"))).isEmpty();

        for (int i = 0; i < offsets.length; i++) {
            String group = "old-a/" + offsets[i];
            assertThat(cluster.offsets(group)).as("offset %s", offsets[i])
                    .isEqualTo(Map.of(new TopicPartition("old-gaps", 0),
                            new OffsetAndMetadata(expected[i], Optional.empty(), "m" + i),
                            new TopicPartition("old-gaps", 1), new OffsetAndMetadata(0, Optional.empty(), "")));
        }
    }

    @Test
    void exactOffsetsAreThoseOfTheSnapshotOrTheRestoreIsRefused() throws Exception {
        MadeSnapshot whole = orders().group("g", GroupKind.CONSUMER, new GroupOffset("orders", 0, 33, null, ""),
                new GroupOffset("orders", 1, 99, null, ""));
        assertThat(whole.whole().restore(cluster.settings("offsets", "exact"))).isEmpty();
        assertThat(Records.texts(cluster.records("orders", 0))).isEqualTo(Records.texts(numbered(40)));
        assertThat(cluster.offset("g", "orders", 0)).isEqualTo(33);
        assertThat(cluster.offset("g", "orders", 1)).isEqualTo(5);

        assertThat(failure(orders().whole(), "offsets", "exact", "topics_exist", "append")).contains(
                "topic orders has had records", "choose offsets=translate");
        assertThat(failure(new MadeSnapshot().topic("late", KEPT, numbered(5, 6)).whole(), "offsets", "exact"))
                .contains("topic late, partition 0 has no record at offset 0, the next one is at 5");
        assertThat(cluster.topics()).doesNotContainKey("late");
        assertThat(failure(new MadeSnapshot().topic("gap", KEPT, numbered(0, 1, 3)).whole(), "offsets", "exact"))
                .contains("topic gap, partition 0 has no record at offset 2, the next one is at 3");
        assertThat(cluster.records("gap", 0)).hasSize(2);
        assertThat(failure(orders().whole(), "offsets", "exact", "from_time", "2026-01-01T00:00Z"))
                .contains("cannot be exact where from_time");
    }

    @Test
    void aTopicThatExistsIsLeftAloneOrExtendedOrMadeAgain() throws Exception {
        orders().whole().restore(cluster.settings());
        SnapshotFiles two = orders().topic("another", KEPT, numbered(1)).whole();

        assertThat(failure(two)).contains("topic orders exists in " + broker.bootstrap(), "choose a prefix");
        assertThat(cluster.topics()).containsOnlyKeys("orders");
        assertThat(failure(two.below(Layout.topic("orders")))).contains("topic orders exists");
        assertThat(cluster.records("orders", 0)).hasSize(40);

        assertThat(two.restore(cluster.settings("topics_exist", "append"))).isEmpty();
        assertThat(cluster.records("orders", 0)).hasSize(80);
        assertThat(ClusterView.texts(cluster.records("orders", 0, 40))).isEqualTo(ClusterView.texts(numbered(40)));

        assertThat(orders().group("g", GroupKind.CONSUMER, new GroupOffset("orders", 0, 3, null, ""))
                .whole()
                .restore(cluster.settings("topics_exist", "append"))).isEmpty();
        assertThat(cluster.offset("g", "orders", 0)).isEqualTo(83);

        for (int i = 0; i < 2; i++) {
            assertThat(two.restore(cluster.settings("topics_exist", "recreate"))).isEmpty();
            assertThat(Records.texts(cluster.records("orders", 0))).isEqualTo(Records.texts(numbered(40)));
        }
    }

    @Test
    void anotherNumberOfPartitionsOrTooFewBrokersAreRefusedBeforeTheFirstRecord() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("orders", 6, (short) 1))).all().get();
        }
        broker.settle();
        SnapshotFiles two = orders().topic("another", KEPT, numbered(1)).whole();
        String sentence = "topic orders exists with 6 partitions, the backup has 2: topics_exist=recreate or a prefix";
        assertThat(failure(two, "topics_exist", "append")).isEqualTo(sentence);
        assertThat(failure(two.below(Layout.topic("orders")), "topics_exist", "append")).isEqualTo(sentence);
        assertThat(failure(two.below(Layout.topic("another")), "replication", "9"))
                .contains("cannot make topic another");
        SnapshotFiles three = new SnapshotFiles();
        two.files()
                .forEach((path, bytes) -> three.put(path,
                        new String(bytes, StandardCharsets.UTF_8)
                                .replace("\"replication\": 1", "\"replication\": 3")));
        assertThat(failure(three, "prefix", "x")).isEqualTo(
                "topic another was on 3 brokers and the cluster has 1: choose replication=1");
        assertThat(cluster.topics()).containsOnlyKeys("orders");
    }

    @Test
    void aRangeOfTimeAndKeysToLeaveOutAreKeptTo() throws Exception {
        Path keys = Files.writeString(directory.resolve("keys"), "k1\n0x6b32\n\n");
        SnapshotFiles snapshot = orders().group("g", GroupKind.CONSUMER, new GroupOffset("orders", 0, 8, null, ""))
                .whole();

        assertThat(snapshot.restore(cluster.settings("drop_keys", keys.toString(), "from_time",
                Instant.ofEpochMilli(TIME + 3).toString(), "to_time", Instant.ofEpochMilli(TIME + 12).toString())))
                .isEmpty();

        assertThat(ClusterView.texts(cluster.records("orders", 0)))
                .isEqualTo(ClusterView.texts(numbered(3, 4, 5, 6, 7, 10, 11)));
        assertThat(cluster.offset("g", "orders", 0)).isEqualTo(5);
    }

    @Test
    void anyFileIsRestoredAloneAndAnyDirectory() throws Exception {
        SnapshotFiles snapshot = orders()
                .group("00-topic", GroupKind.CONSUMER, new GroupOffset("orders", 0, 3, null, ""))
                .whole();

        SnapshotFiles file = new SnapshotFiles();
        file.files().put("/00000000000000000016.krec", snapshot.file(Layout.window("orders", 0, 16)));
        assertThat(file.restore(cluster.settings("prefix", "f-"))).isEmpty();
        assertThat(ClusterView.texts(cluster.records("f-orders", 0)))
                .isEqualTo(ClusterView.texts(numbered(LongStream.range(16, 32).toArray())));

        assertThat(snapshot.below(Layout.partition("orders", 1)).restore(cluster.settings("prefix", "p-"))).isEmpty();
        assertThat(cluster.topics()).containsEntry("p-orders", 2);
        assertThat(Records.texts(cluster.records("p-orders", 1))).isEqualTo(Records.texts(numbered(5)));

        assertThat(snapshot.below(Layout.topic("orders")).restore(cluster.settings())).isEmpty();
        assertThat(Records.texts(cluster.records("orders", 0))).isEqualTo(Records.texts(numbered(40)));
        assertThat(snapshot.below(Layout.GROUPS).restore(cluster.settings("offsets", "exact"))).isEmpty();
        assertThat(cluster.offset("00-topic", "orders", 0)).isEqualTo(3);
        assertThat(failure(snapshot.below(Layout.GROUPS))).contains("the offsets of group 00-topic were not set",
                "topic orders is not part of this restore");
    }

    @Test
    void aRestoreWithoutOneOfItsFilesFailsAndSetsNoGroup() throws Exception {
        GroupOffset[] at = { new GroupOffset("orders", 0, 3, null, "") };
        Set<String> lost = new HashSet<>(Set.of(Layout.window("orders", 0, 0), Layout.window("orders", 0, 16),
                Layout.window("orders", 0, 32), Layout.window("orders", 1, 0), Layout.description("orders")));
        int number = 0;
        for (String path : lost) {
            SnapshotFiles snapshot = orders().group("lost", GroupKind.CONSUMER, at).whole();
            snapshot.files().remove(path);
            String prefix = "n" + number++ + "-";

            assertThat(failure(snapshot, "prefix", prefix)).as(path)
                    .contains("the restore into " + broker.bootstrap() + " is not complete");

            assertThat(cluster.offsets(prefix + "lost")).as(path).isEmpty();
            if (cluster.topics().containsKey(prefix + "orders")) {
                assertThat(cluster.configs(prefix + "orders")).containsEntry("retention.ms", "-1");
            }
        }
        SnapshotFiles snapshot = orders().whole();
        snapshot.files().remove(Layout.POINT);
        assertThat(failure(snapshot, "prefix", "p")).contains("the last file, /90-point.json, is missing");
    }

    @Test
    void aDamagedOrForeignFileFailsTheRestore() throws Exception {
        SnapshotFiles cut = orders().whole();
        byte[] window = cut.file(Layout.window("orders", 0, 16));
        cut.files().put(Layout.window("orders", 0, 16), Arrays.copyOf(window, window.length - 20));
        List<String> failed = new ArrayList<>();
        assertThatThrownBy(() -> cut.restore(cluster.settings(), failed)).satisfies(e -> assertThat(Sentence.of(e))
                .contains("1 file failed, the first because: cannot restore topic orders, partition 0, window 16 "
                        + "completely", "the file ends after 1", "it is not complete"));
        assertThat(failed).hasSize(1);

        SnapshotFiles moved = orders().whole();
        moved.files().put(Layout.window("orders", 0, 16), moved.file(Layout.window("orders", 0, 0)));
        assertThat(failure(moved, "prefix", "m")).contains("this file belongs to /10-topics/orders/00000/",
                "was moved");

        SnapshotFiles foreign = orders().whole();
        foreign.put("/10-topics/orders/notes.txt", "hello");
        assertThat(failure(foreign, "prefix", "f")).contains("this is not a file of a backup of Kafka");
        SnapshotFiles strange = new SnapshotFiles();
        strange.put("/notes.txt", "hello");
        assertThat(strange.restore(cluster.settings())).hasSize(1);
    }

    @Test
    void aGroupWithMembersIsNamedAndNotSet() throws Exception {
        orders().whole().restore(cluster.settings());
        try (KafkaConsumer<byte[], byte[]> member = cluster.consumer("group.id", "billing", "client.id", "till-1")) {
            member.subscribe(List.of("orders"));
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(100));
            }
            SnapshotFiles snapshot = orders()
                    .group("billing", GroupKind.CONSUMER, new GroupOffset("orders", 0, 3, null, ""))
                    .whole();
            assertThat(failure(snapshot, "topics_exist", "append"))
                    .contains("group billing has 1 member (till-1 at /127.0.0.1): stop them, offsets were not set");
            assertThat(snapshot.restore(cluster.settings("topics_exist", "append", "offsets", "none"))).isEmpty();
        }
    }

    @Test
    void hostsThatAreNotThereEndInASentence() throws Exception {
        SnapshotFiles snapshot = orders().whole();
        assertThatThrownBy(() -> snapshot.restore(Map.of("location", "kafka://127.0.0.1:1", "timeout", "2s")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("127.0.0.1:1", "no broker answers"));
        assertThatThrownBy(() -> snapshot.restore(Map.of("location", "kafka://no-such-host.invalid", "timeout", "2s")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("no-such-host.invalid", "unknown host"));
    }

    @Test
    void aMissingRightEndsInASentenceThatNamesIt() throws Exception {
        assertThat(failure(orders().whole(), "location", "kafka://" + broker.login(), "username", KafkaBroker.USER,
                "password", KafkaBroker.PASSWORD, "security_protocol", "SASL_PLAINTEXT", "sasl_mechanism", "PLAIN"))
                .contains("cannot look for topic orders", "grant Describe on the topic to the user");
        assertThat(failure(orders().whole(), "location", "kafka://" + broker.login(), "username", KafkaBroker.USER,
                "password", "wrong", "security_protocol", "SASL_PLAINTEXT", "sasl_mechanism", "PLAIN"))
                .contains("check the settings username, password and sasl_mechanism")
                .doesNotContain("wrong");
    }

    @Test
    void accessControlListsAndQuotasComeBackIfAskedFor() throws Exception {
        AclBinding acl = acl("orders");
        ClientQuotaEntity alice = new ClientQuotaEntity(Map.of("user", "alice"));
        SnapshotFiles snapshot = orders().whole();
        snapshot.put(Layout.ACLS, AclsFile.write(List.of(acl)));
        snapshot.put(Layout.QUOTAS, QuotasFile.write(Map.of(alice, Map.of("producer_byte_rate", 1.0e6))));
        try (Admin admin = broker.admin()) {
            assertThat(snapshot.restore(cluster.settings("prefix", "no-"))).isEmpty();
            broker.settle();
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).isEmpty();
            assertThat(admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get()).isEmpty();

            assertThat(snapshot.restore(cluster.settings("prefix", "x-", "acls", "true", "quotas", "true"))).isEmpty();
            broker.settle();

            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).containsExactly(acl("x-orders"));
            assertThat(admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get())
                    .isEqualTo(Map.of(alice, Map.of("producer_byte_rate", 1.0e6)));
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        }
    }

    private static AclBinding acl(String topic) {
        return new AclBinding(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:carol", "*", AclOperation.READ, AclPermissionType.ALLOW));
    }
}
