package dev.kloset.kafka.backup;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic to back up.
 *
 * @param replication on how many brokers its first partition is
 * @param configs those that were set for this topic
 * @param policy how the brokers clean it, by its own configs or by theirs: {@code delete}, {@code compact} or both
 * @param largest how many bytes a batch of its records may have
 * @param partitions how many it has
 * @param leaderless partitions that no broker leads
 */
record SourceTopic(String name, Uuid id, int replication, Map<String, String> configs, String policy, long largest,
        int partitions, List<Integer> leaderless) {

    /** {@return whether records may vanish from the middle} Then nothing shows whether they did. */
    boolean isCompacted() {
        return policy.contains("compact");
    }

    TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }
}
