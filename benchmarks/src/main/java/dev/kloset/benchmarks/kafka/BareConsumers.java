package dev.kloset.benchmarks.kafka;

import dev.kloset.benchmarks.measure.StopWatch;
import dev.kloset.benchmarks.measure.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic with a consumer for each partition, which are as they come, and throws the records away, in a process of its own:
 * {@code BOOTSTRAP TOPIC PARTITIONS}.
 */
@SuppressWarnings("SystemOut") // prints what it took
final class BareConsumers {

    private BareConsumers() {}

    /** {@return what it takes, from the first line of the program on} The heap is the one of a package. */
    static Transfer run(KafkaServer server, String topic, int partitions, Path log)
            throws IOException, InterruptedException {
        List<String> command = KafkaPrograms.java("128m", System.getProperty("java.class.path"),
                BareConsumers.class.getName(), server.bootstrap(), topic, Integer.toString(partitions));
        command.add(command.indexOf("-cp"), "--enable-native-access=ALL-UNNAMED");
        try (Scanner took = new Scanner(KafkaPrograms.run(command, log))) {
            return Transfer.of(took.useLocale(Locale.ROOT));
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        StopWatch watch = StopWatch.start(ProcessHandle.current().pid());
        long records = 0;
        long bytes = 0;
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Callable<Transfer>> all = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                TopicPartition partition = new TopicPartition(args[1], i);
                all.add(() -> read(args[0], partition));
            }
            for (Future<Transfer> done : threads.invokeAll(all)) {
                records += done.get().items();
                bytes += done.get().bytes();
            }
        }
        System.out.println(watch.stop(records, bytes).line());
    }

    private static Transfer read(String bootstrap, TopicPartition partition) {
        long records = 0;
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", "false"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> only = List.of(partition);
            consumer.assign(only);
            consumer.seekToBeginning(only);
            long end = Objects.requireNonNull(consumer.endOffsets(only).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    records++;
                    bytes += record.serializedKeySize() + record.serializedValueSize();
                }
            }
        }
        return new Transfer(records, bytes, 0, 0, 0, 0);
    }
}
