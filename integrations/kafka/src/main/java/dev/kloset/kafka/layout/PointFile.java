package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The last file of a snapshot: up to which offset each partition was backed up. A restore of everything finds with it whether all
 * files have come. It has no time: the time of the point is that of the file.
 *
 * @param window how many offsets a window has
 * @param partitions sorted by topic and number
 */
public record PointFile(long window, List<Partition> partitions) {

    /**
     * A partition at the point.
     *
     * @param earliest its first offset
     * @param cut the last stable offset: records below it are in the snapshot
     * @param highWatermark the end of what consumers could read without waiting for transactions
     * @param leaderEpoch of the broker that led the partition; -1 if it did not say
     */
    public record Partition(String topic, int partition, long earliest, long cut, long highWatermark,
            int leaderEpoch) {

        /** {@return topic and number} */
        public TopicPartition id() {
            return new TopicPartition(topic, partition);
        }
    }

    /** Check the window, and sort. */
    public PointFile {
        if (window < 1 || Long.bitCount(window) != 1) {
            throw new IllegalArgumentException("a window cannot have " + window + " offsets");
        }
        partitions = partitions.stream()
                .sorted(Comparator.comparing(Partition::topic).thenComparingInt(Partition::partition))
                .toList();
    }

    /** {@return the file} */
    public String write() {
        Map<String, List<Object>> topics = new LinkedHashMap<>();
        partitions.forEach(partition -> topics.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                .add(object(partition)));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", 1);
        object.put("window", window);
        object.put("topics", topics);
        return JsonMembers.write(object);
    }

    private static Map<String, Object> object(Partition partition) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("partition", partition.partition());
        object.put("earliest", partition.earliest());
        object.put("cut", partition.cut());
        object.put("high", partition.highWatermark());
        object.put("epoch", partition.leaderEpoch());
        return object;
    }

    /** {@return what a file says} */
    public static PointFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        ClusterFile.requireFormat(members);
        List<Partition> partitions = new ArrayList<>();
        JsonMembers topics = members.member("topics");
        for (String topic : topics.object().keySet()) {
            for (JsonMembers partition : topics.list(topic)) {
                partitions.add(new Partition(topic, partition.number("partition", Integer.MAX_VALUE),
                        partition.number("earliest"), partition.number("cut"), partition.number("high"),
                        (int) partition.number("epoch")));
            }
        }
        try {
            return new PointFile(members.number("window"), partitions);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage() + ": the file was changed", e);
        }
    }
}
