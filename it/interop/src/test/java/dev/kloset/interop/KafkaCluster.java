package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.kafka.servers.KafkaBroker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A cluster of one real broker, as its users see it. */
final class KafkaCluster implements AutoCloseable {

    private final KafkaBroker broker;
    private final Admin admin;

    private KafkaCluster(KafkaBroker broker) {
        this.broker = broker;
        this.admin = broker.admin();
    }

    static KafkaCluster start() throws Exception {
        return new KafkaCluster(KafkaBroker.start());
    }

    /** {@return host and port} */
    String address() {
        return broker.bootstrap();
    }

    /** {@return the location for the plugin} */
    String location() {
        return "kafka://" + broker.bootstrap();
    }

    void topic(String name, int partitions, Map<String, String> configs) throws Exception {
        topics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)));
    }

    void topics(List<NewTopic> topics) throws Exception {
        admin.createTopics(topics).all().get();
        broker.settle();
    }

    /** Write records, in transactions if there is an id for them. */
    KafkaProducer<byte[], byte[]> producer(String... properties) {
        return new KafkaProducer<>(properties(properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> properties(String... properties) {
        Map<String, Object> all = new TreeMap<>(Map.of("bootstrap.servers", broker.bootstrap()));
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return all;
    }

    static ProducerRecord<byte[], byte[]> record(String topic, int partition, String key, String value) {
        return new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** {@return everything of the committed records of a partition but their offsets} */
    List<String> records(String topic, int partition) {
        TopicPartition of = new TopicPartition(topic, partition);
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                properties("isolation.level", "read_committed", "enable.auto.commit", "false"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(of));
            long end = Objects.requireNonNull(consumer.endOffsets(List.of(of)).get(of));
            consumer.seekToBeginning(List.of(of));
            while (consumer.position(of) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> records.add(text(record)));
            }
        }
        return records;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder().append(record.timestamp()).append(' ').append(text(record.key()));
        record.headers()
                .forEach(header -> text.append(' ').append(header.key()).append('=').append(text(header.value())));
        return text.append(' ').append(text(record.value())).toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }

    /** {@return how many offsets a partition has had; 0 if there is no such topic} */
    long end(String topic, int partition) throws IOException {
        TopicPartition of = new TopicPartition(topic, partition);
        try {
            // Asked for the end of a topic that is not there, the client would wait, longer each time, until it is.
            return admin.listTopics().names().get().contains(topic) ? end(of, IsolationLevel.READ_UNCOMMITTED) : 0;
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking for " + of);
        }
    }

    private long end(TopicPartition partition, IsolationLevel level) throws InterruptedException, ExecutionException {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** Wait until the transactions of a topic are decided there: brokers confirm a commit before they write its mark. */
    void awaitDecided(String topic) throws Exception {
        for (int i = 0; i < Objects.requireNonNull(topics().get(topic)); i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            while (end(partition, IsolationLevel.READ_COMMITTED) < end(partition, IsolationLevel.READ_UNCOMMITTED)) {
                Thread.sleep(20);
            }
        }
    }

    /** {@return the configurations that are set for a topic} */
    Map<String, String> configs(String topic) throws Exception {
        broker.settle();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> configs = new TreeMap<>();
        Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource))
                .entries()
                .stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> configs.put(entry.name(), entry.value()));
        return configs;
    }

    /** {@return how many partitions each topic has} */
    Map<String, Integer> topics() throws Exception {
        broker.settle();
        Map<String, Integer> topics = new TreeMap<>();
        admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topics.put(name, topic.partitions().size()));
        return topics;
    }

    void setGroup(String group, Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
        admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }

    /** {@return where a group goes on} */
    Map<TopicPartition, OffsetAndMetadata> group(String group) throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
