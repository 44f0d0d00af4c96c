package dev.kloset.kafka;

import dev.kloset.kafka.layout.ClusterFile;
import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.PointFile;
import dev.kloset.kafka.layout.Records;
import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.kafka.layout.WindowHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a snapshot as a backup would, of records that a test chooses. */
final class MadeSnapshot {

    static final long WINDOW = 16;

    private final SnapshotFiles snapshot = new SnapshotFiles();
    private final List<ClusterFile.Topic> topics = new ArrayList<>();
    private final List<PointFile.Partition> partitions = new ArrayList<>();

    /** Add a topic, with the records of each partition; each begins at the first record and ends behind the last one. */
    @SafeVarargs
    final MadeSnapshot topic(String name, Map<String, String> configs, List<ConsumerRecord<byte[], byte[]>>... records)
            throws Exception {
        List<TopicFile.Bounds> bounds = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            long earliest = records[i].isEmpty() ? 0 : records[i].getFirst().offset();
            long cut = records[i].isEmpty() ? 0 : records[i].getLast().offset() + 1;
            bounds.add(new TopicFile.Bounds(earliest, cut));
            partitions.add(new PointFile.Partition(name, i, earliest, cut, cut, 0));
            windows(name, i, earliest, cut, records[i]);
        }
        topics.add(new ClusterFile.Topic(name, 1, bounds.stream().map(TopicFile.Bounds::earliest).toList()));
        snapshot.put(Layout.description(name), new TopicFile(name, Records.ID, 1, configs, bounds).write());
        return this;
    }

    private void windows(String topic, int partition, long earliest, long cut,
            List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        for (long start = earliest / WINDOW * WINDOW; start < cut; start += WINDOW) {
            long from = start;
            WindowHeader window = new WindowHeader(topic, Records.ID, partition, start, WINDOW);
            snapshot.files()
                    .put(Layout.window(window), Records.file(window, records.stream()
                            .filter(record -> record.offset() >= from && record.offset() < from + WINDOW)
                            .toList()));
        }
    }

    /** Add a group. */
    MadeSnapshot group(String group, GroupKind kind, GroupOffset... offsets) {
        snapshot.put(Layout.group(group), new GroupFile(group, kind, Arrays.asList(offsets)).write());
        return this;
    }

    /** {@return the snapshot with its first and its last file} */
    SnapshotFiles whole() {
        snapshot.put(Layout.CLUSTER, new ClusterFile("made", Map.of(), List.of(), topics).write());
        snapshot.put(Layout.POINT, new PointFile(WINDOW, partitions).write());
        return snapshot;
    }
}
