package dev.kloset.kafka.restore;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How a cluster is asked about groups of one kind. */
interface GroupClient {

    /** Ask for the members of a group, as a sentence names them. If there is no such group, this fails with a GroupIdNotFoundException. */
    KafkaFuture<List<String>> members(String group);

    /** Set offsets. */
    KafkaFuture<Void> set(String group, Map<TopicPartition, OffsetAndMetadata> offsets);

    /** Ask for all offsets of a group. */
    KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> read(String group);

    /** {@return what a sentence calls a member} */
    static String member(String clientId, String host) {
        return clientId + " at " + host;
    }
}
