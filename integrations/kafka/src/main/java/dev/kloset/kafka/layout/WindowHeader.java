package dev.kloset.kafka.layout;

import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/**
 * Which records a file has: those of one partition with offsets from the start of a window to its end. Windows begin at multiples of
 * their size, so that new records change the last window only.
 *
 * @param topicId the id under which the topic was backed up
 * @param start the first offset of the window
 * @param size how many offsets the window has, a power of two
 */
public record WindowHeader(String topic, Uuid topicId, int partition, long start, long size) {

    /** The longest name of a topic that Kafka allows. */
    static final int LONGEST_TOPIC = 249;

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1," + LONGEST_TOPIC + "}");

    /** Check that there can be such a window. */
    public WindowHeader {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("a topic cannot have the name that stands in the file");
        }
        if (partition < 0 || size < 1 || Long.bitCount(size) != 1 || start < 0 || start % size != 0
                || start > Long.MAX_VALUE - size) {
            throw new IllegalArgumentException("topic " + topic + " cannot have a window of " + size
                    + " offsets at offset " + start + " of partition " + partition);
        }
    }

    /** {@return the first offset behind the window} */
    public long end() {
        return start + size;
    }

    @Override
    public String toString() {
        return "topic " + topic + ", partition " + partition + ", window " + start;
    }
}
