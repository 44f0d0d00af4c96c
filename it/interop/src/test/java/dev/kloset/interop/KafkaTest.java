package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real clusters, backed up and restored by the real Plakar with the package of {@code kafka}. */
class KafkaTest {

    private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");
    private static final Pattern OPENED = Pattern.compile("\"to-host\": ?\\{\"count\": ?(\\d+)");
    /** More than a plugin restores, in files of 16, before the host is killed. */
    private static final int LONG = 6000;

    @TempDir
    Path directory;

    private Plakar plakar() throws Exception {
        Plakar plakar = Plakar.below(directory).with("KLOSET_STATS", "json");
        plakar.install(Programs.root().resolve("integrations/kafka/target/image"));
        return plakar;
    }

    private Repository repository(Plakar plakar) throws Exception {
        return plakar.at(directory.resolve("repository").toString()).create();
    }

    /** {@return how many contents Plakar has opened, as the plugin counts them} */
    private static int opened(Snapshot snapshot) {
        Matcher opened = OPENED.matcher(snapshot.backup().text());
        assertThat(opened.find()).as(snapshot.backup().toString()).isTrue();
        return Integer.parseInt(opened.group(1));
    }

    private static void makeOrders(KafkaCluster cluster) throws Exception {
        cluster.topic("orders", 3, KEPT);
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer("transactional.id", "till")) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 20; transaction++) {
                producer.beginTransaction();
                for (int i = 0; i < 50; i++) {
                    ProducerRecord<byte[], byte[]> record = KafkaCluster.record("orders", i % 2, "k" + i,
                            "order " + transaction + "." + i);
                    record.headers().add("till", "7".getBytes(UTF_8)).add("till", null);
                    var _ = producer.send(record);
                }
                if (transaction % 5 == 4) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        cluster.awaitDecided("orders");
        cluster.setGroup("billing", Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(30, "mid-month"),
                new TopicPartition("orders", 1), new OffsetAndMetadata(0)));
    }

    @Test
    void topicsAndGroupsComeBackAndAnUnchangedBackupReadsNothing() throws Exception {
        try (KafkaCluster source = KafkaCluster.start(); Plakar plakar = plakar()) {
            makeOrders(source);
            Repository repository = repository(plakar);

            Snapshot first = repository.backup(source.location());
            assertThat(opened(first)).isGreaterThanOrEqualTo(6);
            Snapshot second = repository.backup(source.location());

            assertThat(opened(second)).isZero();
            assertThat(second.list()).anyMatch(line -> line.contains("/10-topics/orders/00-topic.json"));
            second.check();
            try (KafkaCluster target = KafkaCluster.start()) {
                second.restore(target.location());
                assertSame(source, target, "");
                // The first 30 offsets have 29 records and the mark of a transaction.
                assertThat(target.group("billing")).isEqualTo(Map.of(new TopicPartition("orders", 0),
                        new OffsetAndMetadata(29, "mid-month"), new TopicPartition("orders", 1),
                        new OffsetAndMetadata(0)));
            }
            Outcome refused = repository.run("restore", "-to", source.location(), second.id());
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.text()).contains("topic orders exists",
                    "topics_exist=refuse does not touch what exists");
            repository.ok("restore", "-o", "prefix=old-", "-to", source.location(), second.id() + ":/10-topics/orders");
            assertSame(source, source, "old-");
        }
    }

    private static void assertSame(KafkaCluster source, KafkaCluster target, String prefix) throws Exception {
        assertThat(target.topics()).containsEntry(prefix + "orders", 3);
        for (int partition = 0; partition < 3; partition++) {
            assertThat(target.records(prefix + "orders", partition)).isEqualTo(source.records("orders", partition));
        }
        assertThat(target.configs(prefix + "orders")).isEqualTo(KEPT);
    }

    @Test
    void aRestoreWhoseHostIsKilledLeavesNoTopicThatPassesForAWholeOne() throws Exception {
        try (KafkaCluster source = KafkaCluster.start();
                KafkaCluster target = KafkaCluster.start();
                Plakar plakar = plakar()) {
            source.topic("long", 2, Map.of("cleanup.policy", "compact"));
            try (KafkaProducer<byte[], byte[]> producer = source.producer()) {
                for (int i = 0; i < 2 * LONG; i++) {
                    var _ = producer.send(KafkaCluster.record("long", i % 2, "k" + i, "v" + i));
                }
            }
            source.setGroup("reader", Map.of(new TopicPartition("long", 0), new OffsetAndMetadata(LONG - 1)));
            Repository repository = repository(plakar);
            Snapshot snapshot = repository.backup("-o", "window=16", source.location());

            RunningCommand restore = repository.start("restore", "-to", target.location(), snapshot.id());
            Await.until("some records are restored", Plakar.PATIENCE,
                    () -> target.end("long", 0) >= 100 || !restore.isAlive());
            restore.signal("KILL");
            assertThat(restore.end(Plakar.PATIENCE).exit()).isNotZero();
            plakar.watch().awaitNoneButCached(Plakar.PATIENCE);

            assertThat(target.end("long", 0) + target.end("long", 1)).isLessThan(2 * LONG);
            assertThat(target.configs("long")).containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "-1");
            assertThat(target.group("reader")).isEmpty();
            Outcome refused = repository.run("restore", "-to", target.location(), snapshot.id());
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.text()).contains("topic long exists");

            repository.ok("restore", "-o", "topics_exist=recreate", "-to", target.location(), snapshot.id());
            for (int partition = 0; partition < 2; partition++) {
                assertThat(target.records("long", partition)).isEqualTo(source.records("long", partition));
            }
            assertThat(target.configs("long")).isEqualTo(Map.of("cleanup.policy", "compact"));
            assertThat(target.group("reader").values()).extracting(OffsetAndMetadata::offset)
                    .containsExactly(LONG - 1L);
        }
    }

    /** The heap is the one that an image has unless its maker chooses another one. */
    @Test
    void recordsOfOneMebibyteAndManyTopicsFitIntoTheUsualHeap() throws Exception {
        int topics = Integer.getInteger("kafka.topics", 100);
        try (KafkaCluster source = KafkaCluster.start();
                KafkaCluster target = KafkaCluster.start();
                Plakar plakar = plakar().with("KLOSET_JAVA_OPTS", "-Xmx128m -XX:+ExitOnOutOfMemoryError")) {
            source.topic("large", 2, Map.of("retention.ms", "-1", "max.message.bytes", "2000000"));
            SplittableRandom random = new SplittableRandom(7);
            try (KafkaProducer<byte[], byte[]> producer = source.producer("max.request.size", "2000000")) {
                for (int i = 0; i < 160; i++) {
                    byte[] value = new byte[1 << 20];
                    random.nextBytes(value);
                    var _ = producer.send(new ProducerRecord<>("large", i % 2, null, value));
                }
            }
            source.topics(IntStream.range(0, topics).mapToObj(i -> new NewTopic("empty-" + i, 10, (short) 1)).toList());
            Repository repository = repository(plakar);

            Snapshot snapshot = repository.backup(source.location());
            assertThat(snapshot.backup().text()).doesNotContain("OutOfMemory");
            snapshot.restore(target.location());

            assertThat(target.topics()).isEqualTo(source.topics()).hasSize(topics + 1);
            for (int partition = 0; partition < 2; partition++) {
                assertThat(target.records("large", partition)).isEqualTo(source.records("large", partition));
            }
        }
    }
}
