package dev.kloset.kafka.restore;

import dev.kloset.kafka.layout.TopicFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a restore asks a cluster about its topics, and does to them. For any number of threads. */
record Topics(Target target) {

    private static final String DESCRIBE = "Describe on the topic";
    private static final Duration STEP = Duration.ofMillis(20);

    /** {@return the number of brokers} */
    int brokers() throws IOException, InterruptedException {
        return target.get(target.admin().describeCluster().nodes(), "cannot list the brokers of " + target.name(),
                "Describe on the cluster").size();
    }

    /** {@return the names of all topics, internal ones among them} */
    Set<String> names() throws IOException, InterruptedException {
        return target.get(target.admin().listTopics(new ListTopicsOptions().listInternal(true)).names(),
                "cannot list the topics of " + target.name(), DESCRIBE);
    }

    /** {@return how many partitions a topic has, if it exists} */
    Optional<Integer> partitions(String topic) throws IOException, InterruptedException {
        return describe(topic).map(description -> description.partitions().size());
    }

    private Optional<TopicDescription> describe(String topic) throws IOException, InterruptedException {
        KafkaFuture<Map<String, TopicDescription>> answer = target.admin()
                .describeTopics(List.of(topic))
                .allTopicNames();
        try {
            return target.get(answer, "cannot look for topic " + topic, DESCRIBE).values().stream().findFirst();
        } catch (IOException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Make a topic.
     *
     * @param replication empty for what the brokers give a topic
     */
    void make(String topic, int partitions, Optional<Short> replication, Map<String, String> configs)
            throws IOException, InterruptedException {
        NewTopic made = new NewTopic(topic, Optional.of(partitions), replication).configs(configs);
        target.get(target.admin().createTopics(List.of(made)).all(), "cannot make topic " + topic,
                "Create on the topic or the cluster");
    }

    /** Ask whether a topic could be made. It is not. */
    void check(String topic) throws IOException, InterruptedException {
        NewTopic made = new NewTopic(topic, Optional.empty(), Optional.empty());
        target.get(target.admin().createTopics(List.of(made), new CreateTopicsOptions().validateOnly(true)).all(),
                "cannot make topics", "Create on the topics or the cluster");
    }

    /** Delete a topic. Until the brokers know that, they would take records for the old one, and lose them with it. */
    void delete(String topic) throws IOException, InterruptedException {
        String what = "cannot delete topic " + topic + " to make it again";
        Optional<Uuid> old = describe(topic).map(TopicDescription::topicId);
        target.get(target.admin().deleteTopics(List.of(topic)).all(), what, "Delete on the topic");
        long start = System.nanoTime();
        while (old.isPresent() && describe(topic).map(TopicDescription::topicId).equals(old)) {
            if (System.nanoTime() - start > target.delivery().toNanos()) {
                throw new IOException(
                        what + ": the brokers still have it after " + target.delivery().toSeconds() + "s");
            }
            Thread.sleep(STEP);
        }
    }

    void addPartitions(String topic, int count) throws IOException, InterruptedException {
        target.get(target.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all(),
                "cannot give topic " + topic + " " + count + " partitions", "Alter on the topic");
    }

    void configure(String topic, Collection<AlterConfigOp> operations) throws IOException, InterruptedException {
        target.get(target.admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), operations))
                .all(), "cannot give topic " + topic + " its configurations", "AlterConfigs on the topic");
    }

    /** {@return where the next record of each partition comes} */
    long[] ends(String topic, int partitions) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            question.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResultInfo> answer = target.get(target.admin().listOffsets(question).all(),
                "cannot ask for the end of topic " + topic, DESCRIBE);
        long[] ends = new long[partitions];
        answer.forEach((partition, info) -> ends[partition.partition()] = info.offset());
        return ends;
    }

    /** {@return on how many brokers a topic is to be} */
    static int replication(TopicFile topic, String setting) {
        return setting.equals("keep") ? Math.max(1, topic.replication()) : Integer.parseInt(setting);
    }
}
