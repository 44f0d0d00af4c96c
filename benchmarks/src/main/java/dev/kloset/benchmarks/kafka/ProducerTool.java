package dev.kloset.benchmarks.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Kafka's own kafka-producer-perf-test, with the heap that its script gives it. */
final class ProducerTool {

    private static final Pattern REPORT = Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec");

    private ProducerTool() {}

    /** {@return how many records it writes in a second, as it says at its end} The records are lines of {@code payloads}. */
    static double recordsPerSecond(KafkaPrograms programs, KafkaServer server, String topic, long records,
            Path payloads,
            Path log) throws IOException, InterruptedException {
        String said = KafkaPrograms.run(KafkaPrograms.java("512m", programs.broker(),
                "org.apache.kafka.tools.ProducerPerformance", "--topic", topic, "--num-records",
                Long.toString(records), "--payload-file", payloads.toString(), "--throughput", "-1",
                "--bootstrap-server", server.bootstrap(), "--command-property", "compression.type=lz4"), log);
        MatchResult last = REPORT.matcher(said)
                .results()
                .reduce((_, next) -> next)
                .orElseThrow(
                        () -> new IOException("kafka-producer-perf-test says nothing about its speed: " + said));
        if (Long.parseLong(last.group(1)) != records) {
            throw new IOException("kafka-producer-perf-test has sent " + last.group() + ", not " + records);
        }
        return Double.parseDouble(last.group(2));
    }
}
