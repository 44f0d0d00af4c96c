package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Waits;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Up to which offset each partition is backed up. It is taken for all partitions at once, after the offsets of the groups: a group
 * that is restored points at most at the cut.
 *
 * @param partitions those that have an answer
 * @param unreadable those that have none
 */
record Cut(Map<TopicPartition, Bounds> partitions, List<Unreadable> unreadable) {

    /**
     * The bounds of a partition.
     *
     * @param earliest its first offset
     * @param cut the last stable offset: all below it is decided, and visible to consumers of committed records
     * @param high the high watermark
     * @param firstEpoch the leader epoch of its first record; -1 if the leader does not know it
     * @param epoch the leader epoch of now
     */
    record Bounds(long earliest, long cut, long high, int firstEpoch, int epoch) {}

    /** Of a partition without an answer. It promises a record that is not there, so that no restore takes the topic for a whole one. */
    private static final Bounds UNKNOWN = new Bounds(0, 1, 1, -1, -1);

    boolean has(TopicPartition partition) {
        return partitions.containsKey(partition);
    }

    boolean hasAny(SourceTopic topic) {
        return IntStream.range(0, topic.partitions()).anyMatch(number -> has(topic.partition(number)));
    }

    /** {@return the bounds of a partition; of one that is unreadable, some that no backup has} */
    Bounds of(TopicPartition partition) {
        return partitions.getOrDefault(partition, UNKNOWN);
    }

    /** Ask a cluster. */
    static Cut take(Admin admin, List<SourceTopic> topics) throws InterruptedException {
        List<TopicPartition> all = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (SourceTopic topic : topics) {
            for (int number = 0; number < topic.partitions(); number++) {
                if (topic.leaderless().contains(number)) {
                    unreadable.add(new Unreadable(Layout.partition(topic.name(), number), words(topic.partition(number))
                            + ": no broker leads it, because those that have its records are down"));
                } else {
                    all.add(topic.partition(number));
                }
            }
        }
        ListOffsetsResult stable = ask(admin, all, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        ListOffsetsResult earliest = ask(admin, all, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        ListOffsetsResult high = ask(admin, all, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Bounds> bounds = new HashMap<>();
        for (TopicPartition partition : all) {
            String what = "cannot find the end of " + words(partition);
            try {
                var first = Waits.get(earliest.partitionResult(partition), what);
                var last = Waits.get(stable.partitionResult(partition), what);
                bounds.put(partition, new Bounds(Math.min(first.offset(), last.offset()), last.offset(),
                        Waits.get(high.partitionResult(partition), what).offset(), first.leaderEpoch().orElse(-1),
                        last.leaderEpoch().orElse(-1)));
            } catch (IOException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    unreadable.add(new Unreadable(Layout.partition(partition.topic(), partition.partition()),
                            Sentence.of(e)));
                }
            }
        }
        return new Cut(bounds, unreadable);
    }

    private static ListOffsetsResult ask(Admin admin, List<TopicPartition> partitions, OffsetSpec what,
            IsolationLevel level) {
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        partitions.forEach(partition -> questions.put(partition, what));
        return admin.listOffsets(questions, new ListOffsetsOptions(level));
    }

    /** {@return a partition, for sentences} */
    static String words(TopicPartition partition) {
        return "topic " + partition.topic() + ", partition " + partition.partition();
    }
}
