package dev.kloset.kafka.restore;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Groups of Kafka Streams. */
record StreamsGroups(Admin admin) implements GroupClient {

    @Override
    public KafkaFuture<List<String>> members(String group) {
        return admin.describeStreamsGroups(List.of(group))
                .all()
                .thenApply(described -> described.values()
                        .stream()
                        .flatMap(one -> one.members().stream())
                        .map(member -> GroupClient.member(member.clientId(), member.clientHost()))
                        .toList());
    }

    @Override
    public KafkaFuture<Void> set(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return admin.alterStreamsGroupOffsets(group, offsets).all();
    }

    @Override
    public KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> read(String group) {
        return admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group);
    }
}
