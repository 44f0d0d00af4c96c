package dev.kloset.kafka;

import dev.kloset.kafka.layout.Records;
import dev.kloset.kafka.servers.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a test sees of a cluster. */
record ClusterView(KafkaBroker broker) {

    String location() {
        return "kafka://" + broker.bootstrap();
    }

    /** {@return settings of the plugin: the location, and pairs of others} */
    Map<String, String> settings(String... others) {
        Map<String, String> settings = new TreeMap<>(Map.of("location", location()));
        for (int i = 0; i < others.length; i += 2) {
            settings.put(others[i], others[i + 1]);
        }
        return settings;
    }

    KafkaConsumer<byte[], byte[]> consumer(String... properties) {
        Map<String, Object> all = new TreeMap<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** {@return all committed records of a partition} */
    List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) {
        return records(topic, partition, 0);
    }

    /** {@return the committed records of a partition from an offset on} */
    List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition, long from) {
        TopicPartition of = new TopicPartition(topic, partition);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(of));
            long end = Objects.requireNonNull(consumer.endOffsets(List.of(of)).get(of));
            consumer.seek(of, Math.max(from, Objects.requireNonNull(consumer.beginningOffsets(List.of(of)).get(of))));
            while (consumer.position(of) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    /** {@return everything of each record but its offset} */
    static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(Records::text).map(text -> text.substring(text.indexOf(' ') + 1)).toList();
    }

    /** {@return the configurations that are set for a topic} */
    Map<String, String> configs(String topic) throws Exception {
        broker.settle();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> configs = new TreeMap<>();
        try (Admin admin = broker.admin()) {
            for (ConfigEntry entry : Objects
                    .requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource))
                    .entries()) {
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                    configs.put(entry.name(), entry.value());
                }
            }
        }
        return configs;
    }

    /** {@return where a group goes on, by partition} */
    Map<TopicPartition, OffsetAndMetadata> offsets(String group) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        }
    }

    /** {@return where a group goes on in a partition} */
    long offset(String group, String topic, int partition) throws Exception {
        return Objects.requireNonNull(offsets(group).get(new TopicPartition(topic, partition)), group).offset();
    }

    /** {@return how many partitions each topic has} */
    Map<String, Integer> topics() throws Exception {
        broker.settle();
        try (Admin admin = broker.admin()) {
            Map<String, Integer> topics = new TreeMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> topics.put(name, topic.partitions().size()));
            return topics;
        }
    }
}
