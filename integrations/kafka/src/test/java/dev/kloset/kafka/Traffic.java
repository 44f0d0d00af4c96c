package dev.kloset.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.kafka.servers.KafkaBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer, one with transactions that commit or abort, and a group at work on one topic, until they are closed. */
final class Traffic implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final String[] CODECS = { "none", "gzip", "lz4", "zstd" };

    private final KafkaBroker broker;
    private final String topic;
    private final long seed;
    private final AtomicInteger rounds = new AtomicInteger();
    private final CountDownLatch warm = new CountDownLatch(3);
    private final List<FutureTask<Boolean>> works = new ArrayList<>();
    private volatile boolean ended;

    private Traffic(KafkaBroker broker, String topic, long seed) {
        this.broker = broker;
        this.topic = topic;
        this.seed = seed;
    }

    /** {@return traffic that has begun: each of the three has done something} */
    static Traffic start(KafkaBroker broker, String topic, long seed) throws Exception {
        Traffic traffic = new Traffic(broker, topic, seed);
        traffic.run(traffic::produce);
        traffic.run(traffic::transact);
        traffic.run(traffic::consume);
        traffic.warm.await();
        return traffic;
    }

    private void run(Callable<Boolean> work) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                warm.countDown(); // also if it fails, so that nothing waits for it
            }
        });
        works.add(task);
        Thread.ofPlatform().daemon().start(task);
    }

    private KafkaProducer<byte[], byte[]> producer(SplittableRandom random, String... properties) {
        Map<String, Object> all = new TreeMap<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, CODECS[random.nextInt(CODECS.length)],
                ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(100 + random.nextInt(2000))));
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private ProducerRecord<byte[], byte[]> record(SplittableRandom random) {
        byte[] key = random.nextInt(5) == 0 ? null : ("k" + random.nextInt(20)).getBytes(UTF_8);
        byte[] value = random.nextInt(10) == 0 ? null : new byte[random.nextInt(300)];
        if (value != null) {
            random.nextBytes(value);
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, random.nextInt(PARTITIONS),
                random.nextInt(4) == 0 ? Long.valueOf(random.nextInt(1000)) : null, key, value);
        for (int i = random.nextInt(3); i > 0; i--) {
            record.headers().add("h", random.nextBoolean() ? null : new byte[]{ (byte) i });
        }
        return record;
    }

    private boolean produce() throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (KafkaProducer<byte[], byte[]> producer = producer(random)) {
            while (!ended) {
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    var _ = producer.send(record(random));
                }
                producer.flush();
                warm.countDown();
                rounds.incrementAndGet();
            }
        }
        return true;
    }

    private boolean transact() {
        SplittableRandom random = new SplittableRandom(~seed);
        try (KafkaProducer<byte[], byte[]> producer = producer(random, ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topic + "-writer")) {
            producer.initTransactions();
            while (!ended) {
                producer.beginTransaction();
                for (int i = 1 + random.nextInt(10); i > 0; i--) {
                    var _ = producer.send(record(random));
                }
                if (random.nextInt(3) == 0) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
                warm.countDown();
            }
        }
        return true;
    }

    private boolean consume() {
        SplittableRandom random = new SplittableRandom(seed + 1);
        try (KafkaConsumer<byte[], byte[]> consumer = new ClusterView(broker).consumer("group.id", group(),
                "max.poll.records", Integer.toString(1 + random.nextInt(40)))) {
            consumer.subscribe(List.of(topic));
            boolean hasCommitted = false;
            while (!ended) {
                if (!consumer.poll(Duration.ofMillis(50)).isEmpty() && (random.nextBoolean() || !hasCommitted)) {
                    consumer.commitSync();
                    hasCommitted = true;
                    warm.countDown();
                }
            }
        }
        return true;
    }

    String group() {
        return topic + "/readers";
    }

    /** Wait until the producer has sent some more batches. */
    void awaitMore(int batches) throws Exception {
        int enough = rounds.get() + batches;
        while (rounds.get() < enough && !works.getFirst().isDone()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        for (FutureTask<Boolean> work : works) {
            try {
                work.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the traffic ends", e);
            } catch (ExecutionException e) {
                throw new IOException("the traffic failed", e);
            }
        }
    }
}
