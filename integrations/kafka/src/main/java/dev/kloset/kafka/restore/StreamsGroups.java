package dev.kloset.kafka.restore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Groups of Kafka Streams. */
record StreamsGroups(Target target) implements GroupClient {

    @Override
    public List<String> members(String group) throws IOException, InterruptedException {
        try {
            return target.get(target.admin().describeStreamsGroups(List.of(group)).all(), GroupClient.asking(group),
                    "Describe on the group")
                    .values()
                    .stream()
                    .flatMap(description -> description.members().stream())
                    .map(member -> member.clientId() + " at " + member.clientHost())
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
        target.get(target.admin().alterStreamsGroupOffsets(group, offsets).all(), GroupClient.setting(group),
                "Read on the group and its topics");
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> read(String group) throws IOException, InterruptedException {
        return target.get(target.admin()
                .listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group), GroupClient.reading(group),
                "Describe on the group and its topics");
    }
}
