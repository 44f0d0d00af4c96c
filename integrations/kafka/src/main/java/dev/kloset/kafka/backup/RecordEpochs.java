package dev.kloset.kafka.backup;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Reads single records for their leader epochs, of many partitions at once. For one thread. */
final class RecordEpochs implements Epochs.EpochSource {

    private static final int FETCH_BYTES = 64 << 10;
    private static final Duration STEP = Duration.ofMillis(200);
    /** Without an answer for so long the epochs are unknown, which is safe. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumers consumers;

    RecordEpochs(Consumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public Map<TopicPartition, Integer> at(Map<TopicPartition, Long> offsets) throws InterruptedException {
        Consumer<byte[], byte[]> consumer = consumers.single(FETCH_BYTES);
        try {
            return read(consumer, offsets);
        } catch (InterruptException e) {
            Thread.interrupted();
            InterruptedException stop = new InterruptedException("interrupted while reading leader epochs");
            stop.initCause(e);
            throw stop;
        } finally {
            Consumers.end(consumer);
        }
    }

    private static Map<TopicPartition, Integer> read(Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Integer> epochs = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>(offsets.keySet());
        consumer.assign(open);
        offsets.forEach(consumer::seek);
        long last = System.nanoTime();
        while (!open.isEmpty() && System.nanoTime() - last < PATIENCE.toNanos()) {
            Set<TopicPartition> done = poll(consumer, offsets, open, epochs);
            if (!done.isEmpty()) {
                last = System.nanoTime();
                open.removeAll(done);
                done.retainAll(consumer.assignment());
                consumer.pause(done);
            }
        }
        return epochs;
    }

    private static Set<TopicPartition> poll(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets,
            Set<TopicPartition> open, Map<TopicPartition, Integer> epochs) {
        Set<TopicPartition> done = new HashSet<>();
        try {
            var records = consumer.poll(STEP);
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> found = records.records(partition);
                found.getFirst().leaderEpoch().ifPresent(epoch -> epochs.putIfAbsent(partition, epoch));
            }
            for (TopicPartition partition : open) {
                // Beyond the offset without a record: a transaction ended there.
                if (consumer.position(partition, STEP) > Objects.requireNonNull(offsets.get(partition))) {
                    done.add(partition);
                }
            }
        } catch (OffsetOutOfRangeException e) {
            done.addAll(e.partitions()); // deleted meanwhile, which the content will say
        } catch (KafkaException e) {
            System.getLogger(RecordEpochs.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot read leader epochs", e);
        }
        return done;
    }
}
