package dev.kloset.benchmarks.kafka;

import dev.kloset.benchmarks.measure.LoopbackPort;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A broker on loopback that is its own controller, with the heap that Kafka's scripts give it, until it is closed. Its
 * configuration is Kafka's own, but for what a cluster of one needs, and that it deletes at once.
 */
final class KafkaServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path directory;
    private final int port;
    private final Process process;
    private final Admin admin;

    private KafkaServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap(), "default.api.timeout.ms", "120000"));
    }

    /**
     * {@return a broker that may not answer yet}
     *
     * @param directory where its data are until it is closed
     */
    static KafkaServer start(KafkaPrograms programs, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = LoopbackPort.free();
        Path properties = Files.write(directory.resolve("server.properties"),
                properties(directory, port, LoopbackPort.free()));
        KafkaPrograms.run(KafkaPrograms.java("256m", programs.broker(), "kafka.tools.StorageTool", "format", "-t",
                Uuid.randomUuid().toString(), "-c", properties.toString()), directory.resolve("format.log"));
        List<String> command = programs.server("1g", programs.broker(), "kafka.Kafka", properties.toString());
        return new KafkaServer(directory, port, KafkaPrograms.start(command, directory.resolve("server.log")));
    }

    private static List<String> properties(Path directory, int port, int controller) {
        return List.of("process.roles=broker,controller", "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names=CONTROLLER", "log.dirs=" + directory.resolve("data"),
                "offsets.topic.replication.factor=1", "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1", "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1", "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0", "auto.create.topics.enable=false", "log.retention.ms=-1",
                "log.segment.delete.delay.ms=100");
    }

    /** Wait until it answers. */
    void awaitReady() throws IOException, InterruptedException {
        await("the broker does not start: see " + directory.resolve("server.log"), () -> {
            try {
                return process.isAlive() && !admin.describeCluster().nodes().get().isEmpty();
            } catch (ExecutionException e) {
                return false;
            }
        });
    }

    /** Something that comes true. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String otherwise, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(otherwise);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** {@return host and port} */
    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Make topics of one replica, and wait until all have leaders: a broker applies what its controller decides in order. */
    void create(List<String> topics, int partitions) throws IOException, InterruptedException {
        try {
            for (int i = 0; i < topics.size(); i += 100) {
                admin.createTopics(topics.subList(i, Math.min(i + 100, topics.size()))
                        .stream()
                        .map(topic -> new NewTopic(topic, partitions, (short) 1))
                        .toList()).all().get();
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot make topics", e);
        }
        String last = topics.getLast();
        await("the partitions of " + last + " have no leader", () -> end(last, partitions) >= 0);
    }

    /** {@return how many records a topic has, which has no gaps; -1 if it is not there yet} */
    long end(String topic, int partitions) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        IntStream.range(0, partitions).forEach(i -> wanted.put(new TopicPartition(topic, i), OffsetSpec.latest()));
        try {
            // Asked for the end of a topic that is not there, the client would wait until it is.
            return topics().contains(topic)
                    ? admin.listOffsets(wanted).all().get().values().stream().mapToLong(end -> end.offset()).sum()
                    : -1;
        } catch (ExecutionException e) {
            throw new IOException("cannot find the end of " + topic, e);
        }
    }

    private Set<String> topics() throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }

    /** Check that a topic has so many records. */
    void expect(String topic, int partitions, long records) throws IOException, InterruptedException {
        long arrived = end(topic, partitions);
        if (arrived != records) {
            throw new IOException(arrived + " of " + records + " records are in topic " + topic);
        }
    }

    /** Delete all topics, and wait until their files are gone. */
    void empty() throws IOException, InterruptedException {
        try {
            Set<String> all = new HashSet<>(topics());
            admin.deleteTopics(all).all().get();
            await("the files of deleted topics stay", () -> partitions() == 0);
        } catch (ExecutionException e) {
            throw new IOException("cannot delete topics", e);
        }
    }

    private long partitions() throws IOException {
        try (var directories = Files.list(directory.resolve("data"))) {
            return directories.map(each -> Objects.requireNonNull(each.getFileName()).toString())
                    .filter(name -> name.matches(".*-[0-9]+(\\..*-delete)?") && !name.startsWith("__"))
                    .count();
        }
    }

    /** {@return the size of the log segments of a topic} */
    long bytes(String topic, int partitions) throws IOException {
        long bytes = 0;
        for (int i = 0; i < partitions; i++) {
            try (var segments = Files.newDirectoryStream(directory.resolve("data/" + topic + "-" + i), "*.log")) {
                for (Path segment : segments) {
                    bytes += Files.size(segment);
                }
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        admin.close(Duration.ZERO);
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Trees.delete(directory);
    }
}
