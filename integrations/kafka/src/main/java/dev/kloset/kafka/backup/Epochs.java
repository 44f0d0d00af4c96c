package dev.kloset.kafka.backup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the leader epochs of the last records of windows. Epochs never fall along a partition, so if both ends of a stretch have the
 * same one, all between have it, and nothing is asked; otherwise the middle is asked, for all partitions at once. For one thread.
 *
 * <p>If the record at an offset is unknown, because a transaction ended there or the leader does not say, the epoch of the next known
 * offset stands for it. That is safe: it is at least the record's own, and at most the leader's of now, and records that replace
 * these after an unclean election have a higher one than that.
 */
final class Epochs {

    private final EpochSource source;
    private final Map<TopicPartition, TreeMap<Long, Integer>> known = new HashMap<>();

    Epochs(EpochSource source) {
        this.source = source;
    }

    /** Tells epochs of records. */
    @FunctionalInterface
    interface EpochSource {

        /** {@return the epochs of the records at these offsets, or the next ones; partitions without an answer are missing} */
        Map<TopicPartition, Integer> at(Map<TopicPartition, Long> offsets) throws InterruptedException;
    }

    /** The last offsets of a partition's windows: of the first window, then every {@code size} offsets, and of the last window. */
    record Ends(long first, long last, long size, Cut.Bounds bounds) {

        /** {@return the end of a window between two others; either of them if there is none} */
        private long middle(long low, long high) {
            long windows = Math.ceilDiv(high - low, size);
            return windows <= 1 ? low : first + Math.floorDiv(low - first + size * (windows / 2), size) * size;
        }
    }

    /** Find the epochs of these partitions. */
    void find(Map<TopicPartition, Ends> partitions) throws InterruptedException {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        partitions.forEach((partition, ends) -> {
            known.put(partition, new TreeMap<>());
            if (ends.bounds().firstEpoch() == ends.bounds().epoch()) {
                put(partition, ends.first(), ends.bounds().epoch());
                put(partition, ends.last(), ends.bounds().epoch());
            } else {
                firsts.put(partition, ends.last());
            }
        });
        ask(firsts, partitions);
        Map<TopicPartition, Long> starts = new HashMap<>();
        firsts.keySet().forEach(partition -> {
            Ends ends = Objects.requireNonNull(partitions.get(partition));
            if (ends.bounds().firstEpoch() >= 0 && ends.bounds().firstEpoch() == epoch(partition, ends.last())) {
                put(partition, ends.first(), ends.bounds().firstEpoch());
            } else {
                starts.put(partition, ends.first());
            }
        });
        ask(starts, partitions);
        for (Map<TopicPartition, Long> middles = middles(partitions); !middles
                .isEmpty(); middles = middles(partitions)) {
            ask(middles, partitions);
        }
    }

    private void ask(Map<TopicPartition, Long> offsets, Map<TopicPartition, Ends> partitions)
            throws InterruptedException {
        if (offsets.isEmpty()) {
            return;
        }
        Map<TopicPartition, Integer> answers = source.at(offsets);
        offsets.forEach((partition, offset) -> {
            Integer answer = answers.get(partition);
            Map.Entry<Long, Integer> next = Objects.requireNonNull(known.get(partition)).ceilingEntry(offset);
            int later = next == null
                    ? Objects.requireNonNull(partitions.get(partition)).bounds().epoch()
                    : next.getValue();
            put(partition, offset, answer == null ? later : Math.min(answer, later));
        });
    }

    private void put(TopicPartition partition, long offset, int epoch) {
        Objects.requireNonNull(known.get(partition)).put(offset, epoch);
    }

    private Map<TopicPartition, Long> middles(Map<TopicPartition, Ends> partitions) {
        Map<TopicPartition, Long> middles = new HashMap<>();
        partitions.forEach((partition, ends) -> {
            List<Map.Entry<Long, Integer>> points = List
                    .copyOf(Objects.requireNonNull(known.get(partition)).entrySet());
            for (int i = 1; i < points.size() && !middles.containsKey(partition); i++) {
                long low = points.get(i - 1).getKey();
                long middle = ends.middle(low, points.get(i).getKey());
                if (!points.get(i - 1).getValue().equals(points.get(i).getValue()) && middle != low) {
                    middles.put(partition, middle);
                }
            }
        });
        return middles;
    }

    /** {@return the epoch that stands for the record at the end of a window} */
    int epoch(TopicPartition partition, long last) {
        return Objects.requireNonNull(Objects.requireNonNull(known.get(partition)).ceilingEntry(last)).getValue();
    }
}
