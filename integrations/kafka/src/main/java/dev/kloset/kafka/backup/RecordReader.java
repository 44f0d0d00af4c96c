package dev.kloset.kafka.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed records of a window, one after the other. It goes by the consumer's position, never by the offsets of records:
 * the last offsets of a window may have none. For one thread, except {@link #stop}.
 */
final class RecordReader {

    private static final Duration STEP = Duration.ofMillis(500);

    private final Window window;
    private final Consumer<byte[], byte[]> consumer;
    private final WindowContent content;
    private final TopicPartition partition;
    private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();
    private long position;
    private long progress = System.nanoTime();

    RecordReader(Window window, Consumer<byte[], byte[]> consumer, WindowContent content) {
        this.window = window;
        this.consumer = consumer;
        this.content = content;
        this.partition = window.partition();
        this.position = window.from();
        consumer.assign(List.of(partition));
        consumer.seek(partition, position);
    }

    /** {@return the next record; null behind the last one} */
    @Nullable
    ConsumerRecord<byte[], byte[]> next() throws IOException {
        while (true) {
            if (records.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = records.next();
                if (record.offset() < window.end()) {
                    return record;
                }
                return null;
            }
            if (position >= window.end()) {
                return null;
            }
            advance();
        }
    }

    private void advance() throws IOException {
        try {
            var polled = consumer.poll(STEP);
            records = polled.iterator();
            long now = consumer.position(partition, content.timeout());
            if (now > position) {
                position = now;
                progress = System.nanoTime();
            } else {
                stalled();
            }
        } catch (WakeupException e) {
            throw new IOException("the content is closed", e);
        } catch (InterruptException e) {
            InterruptedIOException stop = new InterruptedIOException("interrupted while reading " + window.pathname());
            stop.initCause(e);
            throw stop;
        } catch (OffsetOutOfRangeException e) {
            throw lost(e);
        } catch (KafkaException e) {
            throw new IOException("cannot read " + Cut.words(partition), e);
        }
    }

    /** Nothing has come. Find out why, before the time-out does. */
    private void stalled() throws IOException {
        content.ids().check(window.topic());
        Duration left = content.timeout().minusNanos(System.nanoTime() - progress);
        if (TailProbe.isEmpty(content.consumers(), partition, position, window.end(), left)) {
            position = window.end();
        } else if (System.nanoTime() - progress > content.timeout().toNanos()) {
            throw new ConnectorException(ErrorKind.TRANSIENT, "cannot read " + Cut.words(partition) + " from offset "
                    + position + ": nothing came for " + content.timeout().toSeconds() + "s");
        }
    }

    private IOException lost(OffsetOutOfRangeException reason) {
        long earliest = position;
        try {
            earliest = consumer.beginningOffsets(Set.of(partition), content.timeout())
                    .getOrDefault(partition, position);
        } catch (KafkaException e) {
            reason.addSuppressed(e);
        }
        String which = Cut.words(partition) + ": offsets " + position + " to ";
        ConnectorException lost = new ConnectorException(ErrorKind.NOT_FOUND, earliest > position
                ? which + (Math.min(earliest, window.end()) - 1)
                        + " were deleted by retention while they were to be read"
                : which + (window.end() - 1) + " were lost: a broker that did not have them became the leader");
        lost.addSuppressed(reason);
        return lost;
    }

    /** End a wait of the reading thread. */
    void stop() {
        consumer.wakeup();
    }
}
