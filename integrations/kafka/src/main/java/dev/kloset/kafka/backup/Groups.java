package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Waits;
import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Where the groups are.
 *
 * @param groups those that have an offset in a topic that is backed up, sorted by id
 * @param unreadable those that may not be read
 */
record Groups(List<GroupFile> groups, List<Unreadable> unreadable) {

    /**
     * Ask a cluster.
     *
     * @param topics which topics are backed up
     */
    static Groups of(Admin admin, Selection selection, Predicate<String> topics) throws InterruptedException {
        return new Reading(admin, topics).read(selection);
    }

    /** One look at a cluster. For one thread. */
    private static final class Reading {

        private final Admin admin;
        private final Predicate<String> topics;
        private final List<GroupFile> groups = new ArrayList<>();
        private final List<Unreadable> unreadable = new ArrayList<>();

        Reading(Admin admin, Predicate<String> topics) {
            this.admin = admin;
            this.topics = topics;
        }

        Groups read(Selection selection) throws InterruptedException {
            Map<String, GroupKind> kinds = new TreeMap<>();
            try {
                var listing = admin.listGroups();
                for (Throwable failure : Waits.get(listing.errors(), "cannot list the groups")) {
                    unreadable.add(new Unreadable(Layout.GROUPS,
                            Sentence.of(new IOException("cannot list all groups", failure))));
                }
                for (GroupListing group : Waits.get(listing.valid(), "cannot list the groups")) {
                    if (selection.hasGroup(group.groupId())) {
                        kinds.put(group.groupId(), kind(group.type().orElse(GroupType.CLASSIC)));
                    }
                }
            } catch (IOException e) {
                unreadable.add(new Unreadable(Layout.GROUPS, Sentence.of(e)));
            }
            consumers(ids(kinds, GroupKind.CLASSIC), GroupKind.CLASSIC);
            consumers(ids(kinds, GroupKind.CONSUMER), GroupKind.CONSUMER);
            streams(ids(kinds, GroupKind.STREAMS));
            shares(ids(kinds, GroupKind.SHARE));
            return new Groups(groups, unreadable);
        }

        private static GroupKind kind(GroupType type) {
            return switch (type) {
                case CONSUMER -> GroupKind.CONSUMER;
                case SHARE -> GroupKind.SHARE;
                case STREAMS -> GroupKind.STREAMS;
                case CLASSIC, UNKNOWN -> GroupKind.CLASSIC;
            };
        }

        private static List<String> ids(Map<String, GroupKind> kinds, GroupKind kind) {
            return kinds.entrySet().stream().filter(group -> group.getValue() == kind).map(Map.Entry::getKey).toList();
        }

        private void consumers(List<String> ids, GroupKind kind) throws InterruptedException {
            Map<String, ListConsumerGroupOffsetsSpec> questions = new HashMap<>();
            ids.forEach(id -> questions.put(id, new ListConsumerGroupOffsetsSpec()));
            if (!ids.isEmpty()) {
                var answers = admin.listConsumerGroupOffsets(questions);
                for (String id : ids) {
                    add(id, kind, answers.partitionsToOffsetAndMetadata(id), Reading::offset);
                }
            }
        }

        private void streams(List<String> ids) throws InterruptedException {
            Map<String, ListStreamsGroupOffsetsSpec> questions = new HashMap<>();
            ids.forEach(id -> questions.put(id, new ListStreamsGroupOffsetsSpec()));
            if (!ids.isEmpty()) {
                var answers = admin.listStreamsGroupOffsets(questions);
                for (String id : ids) {
                    add(id, GroupKind.STREAMS, answers.partitionsToOffsetAndMetadata(id), Reading::offset);
                }
            }
        }

        private void shares(List<String> ids) throws InterruptedException {
            Map<String, ListShareGroupOffsetsSpec> questions = new HashMap<>();
            ids.forEach(id -> questions.put(id, new ListShareGroupOffsetsSpec()));
            if (!ids.isEmpty()) {
                var answers = admin.listShareGroupOffsets(questions);
                for (String id : ids) {
                    add(id, GroupKind.SHARE, answers.partitionsToOffsetInfo(id), Reading::offset);
                }
            }
        }

        private static GroupOffset offset(TopicPartition partition, OffsetAndMetadata offset) {
            return new GroupOffset(partition.topic(), partition.partition(), offset.offset(),
                    offset.leaderEpoch().orElse(null), offset.metadata());
        }

        private static GroupOffset offset(TopicPartition partition, SharePartitionOffsetInfo offset) {
            return new GroupOffset(partition.topic(), partition.partition(), offset.startOffset(),
                    offset.leaderEpoch().orElse(null), "");
        }

        private <T> void add(String id, GroupKind kind, KafkaFuture<Map<TopicPartition, T>> answer,
                Conversion<T> conversion) throws InterruptedException {
            try {
                List<GroupOffset> offsets = new ArrayList<>();
                Waits.get(answer, "cannot read the offsets of group " + id).forEach((partition, offset) -> {
                    if (offset != null && topics.test(partition.topic())) {
                        offsets.add(conversion.offset(partition, offset));
                    }
                });
                if (!offsets.isEmpty()) {
                    groups.add(new GroupFile(id, kind, offsets));
                }
            } catch (IOException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) { // deleted after it was listed
                    unreadable.add(new Unreadable(Layout.group(id), Sentence.of(e)));
                }
            }
        }

        /** From what a cluster says to what a file says. */
        @FunctionalInterface
        private interface Conversion<T> {
            GroupOffset offset(TopicPartition partition, T offset);
        }
    }
}
