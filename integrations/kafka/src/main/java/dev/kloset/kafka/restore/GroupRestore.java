package dev.kloset.kafka.restore;

import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Sets the offsets of groups, after all records are with the brokers, and reads them back. For any number of threads. */
record GroupRestore(Target target, TargetNames names, RestoredOffsets offsets) {

    private static final int MOST_NAMED = 10;

    /** Where the records are to which the offsets of a group point. */
    interface RestoredOffsets {

        /**
         * {@return the offset at which a group goes on, or -1 to leave the partition out}
         *
         * @throws IOException if it cannot be known
         */
        long of(GroupOffset offset) throws IOException, InterruptedException;
    }

    void restore(GroupFile file) throws IOException, InterruptedException {
        String group = names.group(file.group());
        GroupClient client = client(file.kind());
        List<String> members = members(client, group);
        if (!members.isEmpty()) {
            throw new IOException("group " + group + " has " + members.size()
                    + (members.size() == 1 ? " member (" : " members (") + some(members)
                    + "): stop them, offsets were not set");
        }
        Map<TopicPartition, OffsetAndMetadata> wanted = wanted(file, group);
        if (!wanted.isEmpty()) {
            target.get(client.set(group, wanted), "cannot set the offsets of group " + group,
                    "Read on the group and its topics");
            compare(group, wanted, target.get(client.read(group), "cannot read the offsets of group " + group,
                    "Describe on the group and its topics"));
        }
    }

    private GroupClient client(GroupKind kind) {
        return switch (kind) {
            case CLASSIC, CONSUMER -> new ConsumerGroups(target.admin());
            case STREAMS -> new StreamsGroups(target.admin());
            case SHARE -> new ShareGroups(target.admin());
        };
    }

    private List<String> members(GroupClient client, String group) throws IOException, InterruptedException {
        try {
            return target.get(client.members(group), "cannot ask for the members of group " + group,
                    "Describe on the group");
        } catch (IOException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    private static String some(List<String> members) {
        return String.join(", ", members.subList(0, Math.min(MOST_NAMED, members.size())))
                + (members.size() > MOST_NAMED ? " and others" : "");
    }

    private Map<TopicPartition, OffsetAndMetadata> wanted(GroupFile file, String group)
            throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
        for (GroupOffset offset : file.offsets()) {
            long place;
            try {
                place = offsets.of(offset);
            } catch (IOException e) {
                throw new IOException("the offsets of group " + group + " were not set", e);
            }
            if (place >= 0) {
                // The epoch of a leader means nothing in another cluster.
                wanted.put(names.partition(offset.topic(), offset.partition()),
                        new OffsetAndMetadata(place, offset.metadata()));
            }
        }
        return wanted;
    }

    private static void compare(String group, Map<TopicPartition, OffsetAndMetadata> wanted,
            Map<TopicPartition, OffsetAndMetadata> found) throws IOException {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : wanted.entrySet()) {
            OffsetAndMetadata there = found.get(entry.getKey());
            if (there == null || there.offset() != entry.getValue().offset()) {
                throw new IOException("group " + group + " was set to offset " + entry.getValue().offset() + " of "
                        + entry.getKey() + ", and is at "
                        + (there == null ? "none" : Long.toString(there.offset())));
            }
        }
    }
}
