package dev.kloset.kafka.restore;

import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.resilience.Spill;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One topic of a restore. For any number of threads. */
final class RestoredTopic {

    private final String name;
    private final @Nullable TopicFile description;
    private final boolean isMade;
    private final Spill spill;
    private final Map<Integer, RestoredPartition> parts = new ConcurrentHashMap<>();
    private volatile long[] ends; // of the target's partitions before
    private volatile boolean failed;

    /**
     * A topic that is ready for records.
     *
     * @param name in the target
     * @param description null if partitions or files are restored alone
     * @param isMade whether the restore made the topic, under temporary configurations
     * @param ends where the next record of each partition comes
     */
    RestoredTopic(String name, @Nullable TopicFile description, boolean isMade, long[] ends, Spill spill) {
        this.name = name;
        this.description = description;
        this.isMade = isMade;
        this.ends = ends;
        this.spill = spill;
    }

    String name() {
        return name;
    }

    Optional<TopicFile> description() {
        return Optional.ofNullable(description);
    }

    boolean isMade() {
        return isMade;
    }

    int partitions() {
        return ends.length;
    }

    /** It has more partitions now. */
    void grow(long[] more) {
        ends = more;
    }

    RestoredPartition partition(int number) {
        return parts.computeIfAbsent(number, _ -> new RestoredPartition(ends[number], spill));
    }

    Map<Integer, RestoredPartition> restored() {
        return new TreeMap<>(parts);
    }

    /** Something of it is missing. */
    void fail() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }
}
