package dev.kloset.benchmarks.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes records as an order system might write them: JSON with a few words that recur, numbers, and an id that does not. Each has {@link
 * #BYTES} bytes, key and value together. The same number gives the same records.
 */
final class SampleRecords {

    static final int BYTES = 200;

    private static final long SEED = 20261130;
    private static final List<String> CITIES = List.of("Lisbon", "Utrecht", "Gdansk", "Lyon", "Turin", "Malmo");
    private static final List<String> ITEMS = List.of("garden chair", "desk lamp", "kettle", "bookshelf", "blanket");
    private static final List<String> STATES = List.of("new", "paid", "packed", "sent", "returned");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private long number;

    /** One record. */
    record Sample(String key, String value) {}

    Sample next() {
        String customer = String.valueOf(10_000_000 + random.nextInt(100_000));
        StringBuilder json = new StringBuilder(BYTES).append("{\"order\":")
                .append(5_000_000_000L + number++)
                .append(",\"customer\":\"")
                .append(customer)
                .append("\",\"city\":\"")
                .append(any(CITIES))
                .append("\",\"item\":\"")
                .append(any(ITEMS))
                .append("\",\"count\":")
                .append(1 + random.nextInt(9))
                .append(",\"cents\":")
                .append(random.nextInt(100_000))
                .append(",\"state\":\"")
                .append(any(STATES))
                .append("\",\"trace\":\"");
        HexFormat hex = HexFormat.of();
        while (json.length() < BYTES) {
            hex.toHexDigits(json, (byte) random.nextInt());
        }
        json.setLength(BYTES - customer.length() - 2);
        return new Sample(customer, json.append("\"}").toString());
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /** Fill a topic, its partitions in turn, by a producer that compresses with lz4 and is else as it comes. */
    static void produce(KafkaServer server, String topic, int partitions, int count) throws IOException {
        SampleRecords samples = new SampleRecords();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrap(), "compression.type", "lz4"), new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                Sample sample = samples.next();
                var _ = producer.send(new ProducerRecord<>(topic, i % partitions, sample.key(), sample.value()),
                        (_, e) -> failure.compareAndSet(null, e));
            }
        }
        Exception first = failure.get();
        if (first != null) {
            throw new IOException("cannot fill topic " + topic, first);
        }
    }

    /** {@return a file with so many records, one a line, for kafka-producer-perf-test, which writes values without keys} */
    static Path file(Path directory, int count) throws IOException {
        SampleRecords samples = new SampleRecords();
        return Files.write(directory.resolve("payloads"),
                Stream.generate(samples::next).limit(count).map(each -> each.key() + each.value()).toList());
    }
}
