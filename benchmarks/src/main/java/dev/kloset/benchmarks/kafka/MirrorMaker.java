package dev.kloset.benchmarks.kafka;

import dev.kloset.benchmarks.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * MirrorMaker 2 in its dedicated mode copies one topic from one cluster to another. It copies nothing else: no heartbeats, no
 * checkpoints, no rights. It has a task for each partition, the heap that its script gives it, and lz4 as all producers here.
 *
 * @param startSeconds until the first record had arrived
 * @param seconds from then until the last one had
 * @param processorSeconds its own, in that time
 */
record MirrorMaker(double startSeconds, double seconds, double processorSeconds) {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String SOURCE = "source";

    /** {@return what it takes to copy so many records} Its topics stay in the target. */
    static MirrorMaker copy(KafkaPrograms programs, KafkaServer source, KafkaServer target, String topic,
            int partitions,
            long records, Path directory) throws IOException, InterruptedException {
        Path properties = Files.write(directory.resolve("mirror.properties"),
                properties(source, target, topic, partitions));
        Path log = directory.resolve("mirror.log");
        List<String> command = programs.server("2g", programs.mirror(),
                "org.apache.kafka.connect.mirror.MirrorMaker", properties.toString());
        long begun = System.nanoTime();
        Process process = KafkaPrograms.start(command, log);
        try {
            String copy = SOURCE + "." + topic;
            await(process, target, copy, partitions, 1, log);
            long first = System.nanoTime();
            double used = Usage.processorMillis(process.pid());
            await(process, target, copy, partitions, records, log);
            MirrorMaker took = new MirrorMaker((first - begun) / 1e9, (System.nanoTime() - first) / 1e9,
                    (Usage.processorMillis(process.pid()) - used) / 1e3);
            target.expect(copy, partitions, records);
            return took;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> properties(KafkaServer source, KafkaServer target, String topic, int partitions) {
        return List.of("clusters=source,target", "source.bootstrap.servers=" + source.bootstrap(),
                "target.bootstrap.servers=" + target.bootstrap(), "source->target.enabled=true",
                "source->target.topics=" + topic, "tasks.max=" + partitions, "replication.factor=1",
                "offset-syncs.topic.replication.factor=1", "offset-syncs.topic.location=target",
                "config.storage.replication.factor=1", "offset.storage.replication.factor=1",
                "status.storage.replication.factor=1", "emit.heartbeats.enabled=false",
                "emit.checkpoints.enabled=false", "sync.topic.acls.enabled=false",
                "target.producer.compression.type=lz4");
    }

    private static void await(Process process, KafkaServer target, String copy, int partitions, long records, Path log)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (target.end(copy, partitions) < records) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("MirrorMaker 2 does not copy: " + Files.readString(log));
            }
            Thread.sleep(PAUSE);
        }
    }
}
