package dev.kloset.kafka.backup;

import dev.kloset.FileInfo;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.WindowHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What a file of records has: the offsets of a window that are in the backup.
 *
 * @param from the first offset: that of the window, or a later one if the partition begins in it
 * @param end behind the last offset: the end of the window, or the cut
 */
record Window(SourceTopic topic, WindowHeader header, long from, long end) {

    /** Changes when equal records give other bytes. */
    private static final long FORMAT = 1;

    TopicPartition partition() {
        return topic.partition(header.partition());
    }

    String pathname() {
        return Layout.window(header);
    }

    /** {@return metadata that differ from those of the previous backup, whatever the records are} */
    FileInfo always(Instant time) {
        return info().modTime(time).build();
    }

    /**
     * {@return metadata that stay the same as long as the records do, in a topic that is not compacted} Records with the same topic
     * id, partition and offset are the same records, unless a broker without them became leader: those written afterwards have
     * a higher leader epoch than any that was seen before.
     *
     * @param epoch the leader epoch of the last record, or a later one that was seen
     */
    FileInfo unlessChanged(int epoch) {
        Uuid id = topic.id();
        return info().identity(longs(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                topic.policy().getBytes(StandardCharsets.UTF_8),
                longs(FORMAT, header.size(), header.start(), from, end, epoch)).build();
    }

    private FileInfo.Builder info() {
        String path = pathname();
        return FileInfo.builder(path.substring(path.lastIndexOf('/') + 1)).size(FileInfo.UNKNOWN_SIZE);
    }

    private static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }
}
