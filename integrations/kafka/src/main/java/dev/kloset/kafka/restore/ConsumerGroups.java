package dev.kloset.kafka.restore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Groups of consumers, of the old protocol and the new one. */
record ConsumerGroups(Target target) implements GroupClient {

    @Override
    public List<String> members(String group) throws IOException, InterruptedException {
        try {
            return target.get(target.admin().describeConsumerGroups(List.of(group)).all(), GroupClient.asking(group),
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
        target.get(target.admin().alterConsumerGroupOffsets(group, offsets).all(), GroupClient.setting(group),
                "Read on the group and its topics");
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> read(String group) throws IOException, InterruptedException {
        return target.get(target.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                GroupClient.reading(group), "Describe on the group and its topics");
    }
}
