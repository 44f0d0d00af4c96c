package dev.kloset.kafka.restore;

import dev.kloset.kafka.layout.TopicFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Configurations of a topic while it is restored: nothing is deleted, compacted or stamped anew. With those that it had, the brokers
 * would delete old records as soon as they arrive.
 */
final class TemporaryConfigs {

    private static final String FOREVER = Long.toString(Long.MAX_VALUE);

    private static final Map<String, String> WHILE_RESTORED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE, TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1", TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime",
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, FOREVER,
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, FOREVER,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Integer.MAX_VALUE));

    /** Of a certain cluster, or unknown to brokers since Kafka 4.0. */
    private static final Set<String> NOT_RESTORED = Set.of("leader.replication.throttled.replicas",
            "follower.replication.throttled.replicas", "message.format.version", "message.downconversion.enable",
            "message.timestamp.difference.max.ms");

    private TemporaryConfigs() {}

    /** {@return the configurations that a topic gets in the end} */
    static Map<String, String> restored(TopicFile topic, int replication) {
        Map<String, String> configs = new TreeMap<>(topic.configs());
        configs.keySet().removeAll(NOT_RESTORED);
        // More replicas than there are could never be in sync, and nothing could write to the topic.
        configs.computeIfPresent(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                (_, least) -> least.length() > 1 || least.compareTo(Integer.toString(replication)) > 0
                        ? Integer.toString(replication)
                        : least);
        return configs;
    }

    /** {@return the configurations with which a topic is made} */
    static Map<String, String> whileRestored(Map<String, String> restored) {
        Map<String, String> configs = new TreeMap<>(restored);
        configs.putAll(WHILE_RESTORED);
        return configs;
    }

    /** {@return what makes the temporary configurations the restored ones} */
    static List<AlterConfigOp> after(Map<String, String> restored) {
        List<AlterConfigOp> operations = new ArrayList<>();
        for (String name : new TreeMap<>(WHILE_RESTORED).keySet()) {
            String value = restored.get(name);
            operations.add(new AlterConfigOp(new ConfigEntry(name, value == null ? "" : value),
                    value == null ? OpType.DELETE : OpType.SET));
        }
        return operations;
    }
}
