package dev.kloset.benchmarks.kafka;

import dev.kloset.benchmarks.job.Environment;
import dev.kloset.benchmarks.job.GoHost;
import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Figures;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Size;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads, backs up and restores a topic with the plugin {@code kafka}, beside what else does that: bare consumers, MirrorMaker 2 and
 * kafka-producer-perf-test. Then backs up many empty topics. Both clusters are one broker each, on this machine.
 */
public final class KafkaJob {

    /** As it is named on the command line. */
    public static final String JOB = "kafka";

    private static final String OURS = "kafka";
    private static final String FIRST = "kafka: first backup of ";
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 3;
    private static final int PARTITIONS_OF_EMPTY = 10;
    /** How many offsets a file of records has, unless its user sets another window. */
    private static final int WINDOW = 65_536;

    private final Plakar plakar;
    private final Candidate plugin;
    private final GoHost host;
    private final KafkaPrograms programs;
    private final int records;
    private final int emptyTopics;
    private final boolean isFull;
    private final Figures figures = new Figures();

    private KafkaJob(Plakar plakar, Candidate plugin, GoHost host, KafkaPrograms programs, Size size) {
        this.plakar = plakar;
        this.plugin = plugin;
        this.host = host;
        this.programs = programs;
        this.records = size.choose(6_000, 1_000_000, 10_000_000);
        this.emptyTopics = size.choose(10, 200, 1_000);
        this.isFull = size == Size.FULL;
    }

    /** {@return the results} Empty without Plakar, or without the programs of Kafka. */
    public static List<Result> run(Environment environment, Size size) throws IOException, InterruptedException {
        var plakar = environment.plakar();
        var plugin = environment.installed(OURS);
        var host = environment.goHost();
        var programs = KafkaPrograms.in(environment.directory(), size);
        return plakar.isEmpty() || plugin.isEmpty() || host.isEmpty() || programs.isEmpty()
                ? List.of()
                : new KafkaJob(plakar.get(), plugin.get(), host.get(), programs.get(), size)
                        .run(environment.directory());
    }

    /** All that is compared comes once, one after the other, on equal brokers: the ratios of one run count. */
    private List<Result> run(Path directory) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory(directory, "kafka");
        try (KafkaServer source = KafkaServer.start(programs, data.resolve("source"));
                KafkaServer target = KafkaServer.start(programs, data.resolve("target"))) {
            source.awaitReady();
            target.awaitReady();
            source.create(List.of(TOPIC), PARTITIONS);
            SampleRecords.produce(source, TOPIC, PARTITIONS, records);
            source.expect(TOPIC, PARTITIONS, records);
            Path work = Files.createDirectory(data.resolve("work"));
            part("reading", () -> read(source, work));
            part("the backup", () -> backup(source, work));
            part("MirrorMaker 2", () -> mirror(source, target, work));
            part("the restore", () -> restore(target, work));
            part("empty topics", () -> empty(target, Files.createDirectory(data.resolve("empty"))));
        } finally {
            Trees.delete(data);
        }
        return figures.results();
    }

    /** What takes some minutes and may fail. */
    private interface Part {
        void measure() throws IOException, InterruptedException;
    }

    /** In a full run, the figures of the other parts are worth more than the failure of one. */
    @SuppressWarnings("SystemOut") // a program that a script starts
    private void part(String name, Part part) throws IOException, InterruptedException {
        try {
            part.measure();
        } catch (IOException e) {
            if (!isFull) {
                throw e;
            }
            System.err.println("benchmarks/run: kafka: " + name + " failed: " + e);
        }
    }

    private void read(KafkaServer source, Path work) throws IOException, InterruptedException {
        String job = "kafka: read " + what() + ", " + PARTITIONS + " files at a time";
        long least = (long) records * SampleRecords.BYTES;
        Transfer ours = host.importBy(plugin, Path.of(source.bootstrap(), TOPIC), PARTITIONS);
        if (ours.bytes() < least) {
            throw new IOException("the plugin has read " + ours.bytes() + " bytes of at least " + least);
        }
        read(job, OURS, ours);
        Transfer bare = BareConsumers.run(source, TOPIC, PARTITIONS, work.resolve("consumers.log"));
        if (bare.items() != records || bare.bytes() != least) {
            throw new IOException("the consumers have read " + bare.items() + " of " + records + " records");
        }
        read(job, "three bare consumers", bare);
    }

    private void read(String job, String who, Transfer took) {
        figures.add(job, who, "records/s", records / took.seconds());
        figures.add(job, who, "processor µs for each", took.processorSeconds() * 1e6 / records);
        figures.add(job, who, "peak MiB", took.peakMebibytes());
    }

    private void backup(KafkaServer source, Path work) throws IOException, InterruptedException {
        plakar.run("at", repository(work), "create", "-plaintext");
        String first = FIRST + what();
        took(first, backup(source.bootstrap() + "/" + TOPIC, work));
        long stored = Trees.bytes(work.resolve("repository"));
        figures.add(first, OURS, "MB stored", stored / 1e6);
        figures.add(first, "the broker's disk", "MB stored", source.bytes(TOPIC, PARTITIONS) / 1e6);
        String second = "kafka: backup of " + what() + ", unchanged";
        took(second, backup(source.bootstrap() + "/" + TOPIC, work));
        figures.add(second, OURS, "MB stored", (Trees.bytes(work.resolve("repository")) - stored) / 1e6);
        figures.add(second, "limit: 1 s and 20 ms for each file", "s", 1 + 0.02 * files());
    }

    private Timed backup(String location, Path work) throws IOException, InterruptedException {
        return plakar.run("at", repository(work), "backup", OURS + "://" + location);
    }

    /** {@return how many files of records the topic has in a snapshot} */
    private int files() {
        return PARTITIONS * Math.ceilDiv(Math.ceilDiv(records, PARTITIONS), WINDOW);
    }

    private void mirror(KafkaServer source, KafkaServer target, Path work) throws IOException, InterruptedException {
        String first = FIRST + what();
        MirrorMaker copy = MirrorMaker.copy(programs, source, target, TOPIC, PARTITIONS, records, work);
        figures.add(first, "MirrorMaker 2", "s", copy.seconds());
        figures.add(first, "MirrorMaker 2", "processor s without the brokers", copy.processorSeconds());
        figures.add(first, "MirrorMaker 2", "s before its first record", copy.startSeconds());
        target.empty();
    }

    private void restore(KafkaServer target, Path work) throws IOException, InterruptedException {
        String job = "kafka: restore " + what();
        Timed restored = plakar.run("at", repository(work), "restore", "-to", OURS + "://" + target.bootstrap());
        target.expect(TOPIC, PARTITIONS, records);
        target.empty();
        took(job, restored);
        figures.add(job, OURS, "records/s", records / restored.seconds());
        target.create(List.of(TOPIC), PARTITIONS);
        figures.add(job, "Kafka's producer-perf-test", "records/s",
                ProducerTool.recordsPerSecond(programs, target, TOPIC,
                        records, SampleRecords.file(work, 10_000), work.resolve("producer.log")));
        target.expect(TOPIC, PARTITIONS, records);
        target.empty();
    }

    private void empty(KafkaServer server, Path work) throws IOException, InterruptedException {
        server.create(IntStream.range(0, emptyTopics).mapToObj(i -> "empty-" + i).toList(), PARTITIONS_OF_EMPTY);
        String job = FIRST + String.format("%,d topics of %d partitions, empty", emptyTopics, PARTITIONS_OF_EMPTY);
        plakar.run("at", repository(work), "create", "-plaintext");
        took(job, backup(server.bootstrap(), work));
        Transfer alone = host.importBy(plugin, Path.of(server.bootstrap()), PARTITIONS);
        if (alone.items() < emptyTopics) {
            throw new IOException("the plugin has found " + alone.items() + " files and directories");
        }
        figures.add(job, OURS, "peak MiB", alone.peakMebibytes());
        Trees.delete(work);
    }

    private void took(String job, Timed timed) {
        figures.add(job, OURS, "s", timed.seconds());
        figures.add(job, OURS, "processor s without the brokers", timed.processorSeconds());
    }

    private String what() {
        return String.format("%,d records of %d bytes", records, SampleRecords.BYTES);
    }

    private static String repository(Path work) {
        return "fs://" + work.resolve("repository");
    }
}
