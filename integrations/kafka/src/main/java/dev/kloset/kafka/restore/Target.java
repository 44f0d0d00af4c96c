package dev.kloset.kafka.restore;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.connect.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The cluster of a restore, with one client for everything and one for records. For any number of threads. */
final class Target implements AutoCloseable {

    /** How many answers late a record may be: the leader of its partition may change meanwhile. */
    private static final int PATIENCE = 4;
    private static final long MOST_BUFFER = 64L << 20;
    private static final long SHARE_OF_HEAP = 6;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int LINGER_MILLIS = 5;

    private final Cluster cluster;
    private final Admin admin;
    private @Nullable Producer<byte[], byte[]> producer; // guarded by this

    Target(Cluster cluster) {
        this.cluster = cluster;
        this.admin = cluster.admin();
    }

    String name() {
        return cluster.name();
    }

    Admin admin() {
        return admin;
    }

    /** {@return after which time the producer gives a record up} */
    Duration delivery() {
        return cluster.timeout().multipliedBy(PATIENCE);
    }

    /** {@return how many bytes a record may have} The producer must have room for it. */
    static long recordBytes() {
        return Math.min(MOST_BUFFER, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** {@return what writes records, each once and those of a partition in order} */
    synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(cluster.properties());
        for (String other : List.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                ProducerConfig.PARTITIONER_CLASS_CONFIG)) {
            properties.remove(other); // of the user's file, which is for programs that write records of their own
        }
        String patience = Long.toString(Math.min(Integer.MAX_VALUE, delivery().toMillis() + LINGER_MILLIS));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5");
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MILLIS));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(recordBytes() + BATCH_BYTES));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Long.toString(recordBytes() + BATCH_BYTES));
        // A snapshot does not know how batches were compressed; without this they would need more disk than before.
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return properties;
    }

    /**
     * {@return the cluster's answer}
     *
     * @param what the beginning of the sentence if there is none
     * @param rights what the user needs for this
     */
    <T> T get(KafkaFuture<T> answer, String what, String rights) throws IOException, InterruptedException {
        try {
            return Waits.get(answer, what);
        } catch (IOException e) {
            if (e.getCause() instanceof AuthorizationException reason) {
                throw new ConnectorException(ErrorKind.PERMISSION, what, reason)
                        .hint("grant " + rights + " to the user");
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO); // all records have been waited for
        }
        admin.close(Duration.ZERO);
    }
}
