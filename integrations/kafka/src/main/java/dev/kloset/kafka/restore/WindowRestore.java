package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import dev.kloset.kafka.layout.KrecReader;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Writes the records of a window, and waits until the brokers have them. For any number of threads, with one for each partition. */
record WindowRestore(Target target, RecordFilter filter, boolean isExact) {

    private static final Duration MORE = Duration.ofSeconds(30); // than the producer waits, which has the better sentence

    void write(KrecReader records, TopicPartition to, RestoredPartition partition)
            throws IOException, InterruptedException {
        Acknowledgements on = new Acknowledgements(partition.window(), isExact);
        long sent;
        try {
            sent = send(records, to, partition.end(), on);
        } catch (IOException e) {
            awaitOthers(on, e);
            throw e;
        }
        partition.end(sent, on.await(target.delivery().plus(MORE)));
    }

    /** The next window of the partition comes after all that is on its way. */
    private void awaitOthers(Acknowledgements on, IOException reason) throws InterruptedException {
        try {
            on.await(target.delivery().plus(MORE));
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private long send(KrecReader records, TopicPartition to, long end, Acknowledgements on)
            throws IOException, InterruptedException {
        Producer<byte[], byte[]> producer = target.producer();
        long sent = 0;
        for (ConsumerRecord<byte[], byte[]> record = records.next(); record != null; record = records.next()) {
            if (filter.keeps(record)) {
                if (isExact && record.offset() != end + sent) {
                    throw gap(to, end + sent, record.offset());
                }
                send(producer, to, record, on);
                sent++;
            }
            if (on.hasFailed()) {
                break; // nothing of the window can be complete any more
            }
        }
        return sent;
    }

    static IOException gap(TopicPartition in, long offset, long next) {
        return new ConfigException("topic " + in.topic() + ", partition " + in.partition() + " has no record at offset "
                + offset + ", the next one is at " + next
                + ", so its records cannot get their offsets again: choose offsets=translate");
    }

    private static void send(Producer<byte[], byte[]> producer, TopicPartition to,
            ConsumerRecord<byte[], byte[]> record,
            Acknowledgements on) throws IOException, InterruptedException {
        long offset = record.offset();
        // A producer has no way to write a record without a timestamp: it gets the time of the restore.
        Long timestamp = record.timestamp() < 0 ? null : Long.valueOf(record.timestamp());
        on.sending();
        try {
            var _ = producer
                    .send(new ProducerRecord<>(to.topic(), to.partition(), timestamp, record.key(), record.value(),
                            record.headers()), (metadata, e) -> {
                                if (e == null) {
                                    on.done(offset, metadata.offset());
                                } else {
                                    on.failed(offset, e);
                                }
                            });
        } catch (InterruptException e) {
            Thread.interrupted();
            InterruptedException interruption = new InterruptedException("interrupted while records were written");
            interruption.initCause(e);
            throw interruption;
        } catch (KafkaException e) {
            on.failed(offset, e);
        }
    }
}
