package dev.kloset.kafka.restore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Share groups. They go on at the first record that was not acknowledged; which later ones were, is lost. */
record ShareGroups(Target target) implements GroupClient {

    @Override
    public List<String> members(String group) throws IOException, InterruptedException {
        try {
            return target.get(target.admin().describeShareGroups(List.of(group)).all(), GroupClient.asking(group),
                    "Describe on the group")
                    .values()
                    .stream()
                    .flatMap(description -> description.members().stream())
                    .map(member -> member.clientId() + " at " + member.host())
                    .toList();
        } catch (IOException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void set(String group, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws IOException, InterruptedException {
        Map<TopicPartition, Long> starts = new HashMap<>();
        offsets.forEach((partition, offset) -> starts.put(partition, offset.offset()));
        target.get(target.admin().alterShareGroupOffsets(group, starts).all(), GroupClient.setting(group),
                "Read on the group and its topics");
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> read(String group) throws IOException, InterruptedException {
        Map<TopicPartition, @Nullable SharePartitionOffsetInfo> starts = target.get(target.admin()
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group), GroupClient.reading(group), "Describe on the group and its topics");
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        starts.forEach((partition, start) -> {
            if (start != null) {
                offsets.put(partition, new OffsetAndMetadata(start.startOffset()));
            }
        });
        return offsets;
    }
}
