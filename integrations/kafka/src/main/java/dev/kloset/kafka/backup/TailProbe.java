package dev.kloset.kafka.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out whether the last offsets before a cut have no record, because compaction has removed them all. A consumer then waits for
 * ever: nothing comes, and its position stays. That alone proves nothing, as a slow broker looks the same. A consumer without a past
 * has a lag for a partition only after the leader has answered a fetch at this very offset.
 */
final class TailProbe {

    private static final int FETCH_BYTES = 64 << 10;
    private static final Duration STEP = Duration.ofMillis(100);

    private TailProbe() {}

    /** {@return whether the leader has said that there is nothing from {@code position} to {@code end}; false if it said nothing} */
    static boolean isEmpty(Consumers consumers, TopicPartition partition, long position, long end, Duration timeout) {
        Consumer<byte[], byte[]> consumer = consumers.single(FETCH_BYTES);
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, position);
            long start = System.nanoTime();
            while (System.nanoTime() - start < timeout.toNanos()) {
                var records = consumer.poll(STEP);
                if (!records.isEmpty() || consumer.position(partition, STEP) != position) {
                    return false;
                }
                double lag = lag(consumer);
                if (!Double.isNaN(lag)) {
                    return position + (long) lag >= end;
                }
            }
            return false;
        } finally {
            Consumers.end(consumer);
        }
    }

    private static double lag(Consumer<?, ?> consumer) {
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            MetricName name = metric.getKey();
            // Of the only partition that it has: the client changes dots in the names of topics.
            if (name.name().equals("records-lag") && name.tags().containsKey("partition")
                    && metric.getValue().metricValue() instanceof Double lag) {
                return lag;
            }
        }
        return Double.NaN;
    }
}
