package dev.kloset.kafka.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Share groups. They go on at the first record that was not acknowledged; which later ones were, is lost. */
record ShareGroups(Admin admin) implements GroupClient {

    @Override
    public KafkaFuture<List<String>> members(String group) {
        return admin.describeShareGroups(List.of(group))
                .all()
                .thenApply(described -> described.values()
                        .stream()
                        .flatMap(one -> one.members().stream())
                        .map(member -> GroupClient.member(member.clientId(), member.host()))
                        .toList());
    }

    @Override
    public KafkaFuture<Void> set(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        offsets.forEach((partition, offset) -> starts.put(partition, offset.offset()));
        return admin.alterShareGroupOffsets(group, starts).all();
    }

    @Override
    public KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> read(String group) {
        return admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .thenApply(ShareGroups::offsets);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(
            Map<TopicPartition, @Nullable SharePartitionOffsetInfo> starts) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        starts.forEach((partition, start) -> {
            if (start != null) {
                offsets.put(partition, new OffsetAndMetadata(start.startOffset()));
            }
        });
        return offsets;
    }
}
