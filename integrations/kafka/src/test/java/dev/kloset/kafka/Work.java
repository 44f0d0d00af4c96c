package dev.kloset.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.kafka.servers.KafkaBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What users of a broker do. */
public final class Work {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final KafkaBroker broker;

    /** Work at a broker. */
    public Work(KafkaBroker broker) {
        this.broker = broker;
    }

    /** {@return the name of a new topic with one replica, and these configs: {@code key=value}} */
    public String topic(int partitions, String... configs) throws Exception {
        String name = "test" + TOPICS.incrementAndGet() + "." + ProcessHandle.current().pid();
        create(name, partitions, configs);
        return name;
    }

    public void create(String name, int partitions, String... configs) throws Exception {
        Map<String, String> all = new HashMap<>();
        for (String config : configs) {
            all.put(config.substring(0, config.indexOf('=')), config.substring(config.indexOf('=') + 1));
        }
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(all)))
                    .all()
                    .get();
        }
        broker.settle();
    }

    public void delete(String name) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(name)).all().get();
        }
        broker.settle();
    }

    /** {@return a producer, which the caller closes} Settings are {@code key=value}. */
    public KafkaProducer<byte[], byte[]> producer(String... settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", broker.bootstrap());
        all.put("key.serializer", ByteArraySerializer.class);
        all.put("value.serializer", ByteArraySerializer.class);
        for (String setting : settings) {
            all.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return new KafkaProducer<>(all);
    }

    /** Send these values to a partition, without keys. */
    public void send(String topic, int partition, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (String value : values) {
                var _ = producer.send(record(topic, partition, null, value));
            }
            producer.flush();
        }
    }

    /** Send the values {@code from} to {@code to - 1}, as digits. */
    public void count(String topic, int partition, int from, int to) throws Exception {
        String[] values = new String[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = Integer.toString(i);
        }
        send(topic, partition, values);
    }

    public static ProducerRecord<byte[], byte[]> record(String topic, int partition, @Nullable String key,
            @Nullable String value) {
        return new ProducerRecord<>(topic, partition, key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8));
    }

    /** Delete the records of a partition before an offset. */
    public void deleteBefore(String topic, int partition, long offset) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(
                    Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Wait until the transactions of a partition are decided there: brokers confirm a commit before they write its mark. */
    public void awaitDecided(String topic, int partition) throws Exception {
        try (Admin admin = broker.admin()) {
            while (end(admin, topic, partition, IsolationLevel.READ_COMMITTED) < end(admin, topic, partition,
                    IsolationLevel.READ_UNCOMMITTED)) {
                Thread.sleep(20);
            }
        }
    }

    private static long end(Admin admin, String topic, int partition, IsolationLevel level) throws Exception {
        TopicPartition of = new TopicPartition(topic, partition);
        return admin.listOffsets(Map.of(of, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(of)
                .get()
                .offset();
    }

    /** {@return settings of a backup of this topic} More settings are {@code key=value}. */
    public Map<String, String> settings(String topic, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("location", "kafka://" + broker.bootstrap() + "/" + topic);
        settings.put("window", "16");
        for (String setting : more) {
            settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return settings;
    }
}
