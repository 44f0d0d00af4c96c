package dev.kloset.kafka.backup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Leases consumers, each to one content while it is open. They are in no group and commit nothing. Half of the heap is divided into
 * places; a lease takes as many as its records may need, and waits for them in order. Safe for any number of threads.
 */
final class Consumers implements AutoCloseable {

    /** What one consumer may have in memory: a fetch that is read, the next one, and its records unpacked. */
    private static final int PLACE_BYTES = 8 << 20;
    private static final int FETCH_BYTES = 2 << 20;
    private static final int RECORDS_AT_ONCE = 200;
    /** A batch is there as it came, unpacked, and as a record. */
    private static final int COPIES = 3;

    private static final Set<String> OF_GROUPS = Set.of(ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);

    private final Map<String, Object> properties;
    private final int places;
    private final Semaphore free;
    private final Deque<Consumer<byte[], byte[]>> idle = new ArrayDeque<>(); // guarded by itself; bounded by the places
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Connects to nothing yet.
     *
     * @param properties those of every client of the cluster
     * @param heap how many bytes the process has
     */
    Consumers(Map<String, Object> properties, long heap) {
        this.properties = consuming(properties);
        this.places = Math.clamp(heap / 2 / PLACE_BYTES, 1, 64);
        this.free = new Semaphore(places, true);
    }

    private static Map<String, Object> consuming(Map<String, Object> common) {
        Map<String, Object> all = new HashMap<>(common);
        OF_GROUPS.forEach(all::remove);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A topic that was deleted meanwhile must not come back because of a question.
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        // The kernel's own size, which grows: a fetch would come in pieces of Kafka's 64 KiB, with a wait after each.
        all.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        return all;
    }

    /** {@return a consumer beside the pool, for short questions, which the caller closes} */
    Consumer<byte[], byte[]> single(int partitionFetchBytes) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, partitionFetchBytes);
        return new KafkaConsumer<>(all);
    }

    /**
     * {@return a consumer without partitions} Waits as long as the backup lasts: the others are in use by contents that the host
     * reads.
     *
     * @param largest how many bytes a batch of the records may have
     */
    Lease lease(long largest) throws IOException {
        int weight = Math.clamp((largest * COPIES + PLACE_BYTES - 1) / PLACE_BYTES, 1, places);
        try {
            free.acquire(weight);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stop = new InterruptedIOException("interrupted while waiting for a consumer");
            stop.initCause(e);
            throw stop;
        }
        boolean leased = false;
        try {
            if (closed.get()) {
                throw new IOException("the backup has ended");
            }
            Lease lease = new Lease(take(), weight);
            leased = true;
            return lease;
        } finally {
            if (!leased) {
                free.release(weight);
            }
        }
    }

    private Consumer<byte[], byte[]> take() {
        Consumer<byte[], byte[]> former;
        synchronized (idle) {
            former = idle.pollFirst();
        }
        return former == null ? new KafkaConsumer<>(properties) : former;
    }

    /** A consumer in use by one content. For one thread at a time. */
    final class Lease {

        private final int weight;
        private @Nullable Consumer<byte[], byte[]> consumer;

        private Lease(Consumer<byte[], byte[]> consumer, int weight) {
            this.consumer = consumer;
            this.weight = weight;
        }

        /** {@return the consumer, until the lease ends} */
        Consumer<byte[], byte[]> consumer() {
            if (consumer == null) {
                throw new IllegalStateException("the lease has ended");
            }
            return consumer;
        }

        /**
         * End the lease; once it has ended this does nothing.
         *
         * @param isSound whether the consumer may be used again: nothing is left of a wakeup or a failure
         */
        void end(boolean isSound) {
            Consumer<byte[], byte[]> own = consumer;
            if (own == null) {
                return;
            }
            consumer = null;
            try {
                giveBack(own, isSound);
            } finally {
                free.release(weight);
            }
        }
    }

    private void giveBack(Consumer<byte[], byte[]> consumer, boolean isSound) {
        if (isSound && !closed.get()) {
            consumer.unsubscribe();
            synchronized (idle) {
                idle.addFirst(consumer);
            }
        } else {
            end(consumer);
        }
        if (closed.get()) {
            closeIdle();
        }
    }

    /** Close a consumer: what fails then does not matter any more. */
    static void end(Consumer<?, ?> consumer) {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException e) {
            System.getLogger(Consumers.class.getName()).log(System.Logger.Level.DEBUG, "cannot close a consumer", e);
        }
    }

    private void closeIdle() {
        while (true) {
            Consumer<byte[], byte[]> next;
            synchronized (idle) {
                next = idle.pollFirst();
            }
            if (next == null) {
                return;
            }
            end(next);
        }
    }

    /** Lease nothing any more, and close what is not in use. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            free.release(Integer.MAX_VALUE / 2); // everyone who waits finds that it is over
            closeIdle();
        }
    }
}
