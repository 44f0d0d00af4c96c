package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.kafka.layout.Records;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.support.Sentence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A restore in which something dies leaves nothing that passes for a whole topic, and the next one works. */
class KafkaKillTest {

    private static KafkaBroker broker;
    private static ClusterView cluster;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.emptied();
        cluster = new ClusterView(broker);
    }

    /** Wait until some records are there. */
    private static void awaitRecords(BooleanSupplier isRunning) throws Exception {
        TopicPartition partition = new TopicPartition("long", 0);
        try (Admin admin = broker.admin()) {
            long end = 0;
            while (end < 100) {
                assertThat(isRunning.getAsBoolean()).as("the restore ended before anything was killed").isTrue();
                Thread.sleep(20); // the restore needs the processor, too
                try {
                    end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(RetriableException.class); // the topic is not there yet
                }
            }
        }
    }

    private static Process fork() throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), RestoreMain.class.getName(), cluster.location())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void requireHalf() throws Exception {
        assertThat(cluster.records("long", 1)).hasSizeLessThan(RestoreMain.RECORDS);
        assertThat(cluster.configs("long")).containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        assertThat(cluster.offsets("reader")).isEmpty();
        assertThatThrownBy(() -> RestoreMain.snapshot().restore(cluster.settings()))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("topic long exists"));
    }

    private static void requireWhole() throws Exception {
        assertThat(RestoreMain.snapshot().restore(cluster.settings("topics_exist", "recreate"))).isEmpty();
        for (int partition = 0; partition < 2; partition++) {
            assertThat(Records.texts(cluster.records("long", partition)))
                    .isEqualTo(Records.texts(RestoreMain.records()));
        }
        assertThat(cluster.configs("long")).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(cluster.offset("reader", "long", 0)).isEqualTo(5000);
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(cluster.topics().keySet()).all().get();
            admin.deleteConsumerGroups(List.of("reader")).all().get();
        }
        broker.settle();
    }

    @Test
    void afterTheKillOfThePluginTheTopicIsHalfAndTheNextRestoreMakesItWhole() throws Exception {
        Process restore = fork();
        awaitRecords(restore::isAlive);
        restore.destroyForcibly().waitFor();

        requireHalf();
        requireWhole();
    }

    @Test
    void afterTheKillOfTheBrokerTheRestoreEndsInASentenceAndTheNextOneWorks() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        FutureTask<Boolean> restore = new FutureTask<>(() -> {
            RestoreMain.restore(cluster.settings("timeout", "2s"), killed);
            return true;
        });
        Thread.ofPlatform().daemon().start(restore);
        awaitRecords(() -> !restore.isDone());
        broker.kill();
        killed.countDown();

        assertThatThrownBy(restore::get).satisfies(e -> assertThat(Sentence.of(Objects.requireNonNull(e.getCause())))
                .contains("cannot restore topic long, partition", "answered in time"));

        broker.revive();
        broker.awaitAnswer();
        requireHalf();
        requireWhole();
    }
}
