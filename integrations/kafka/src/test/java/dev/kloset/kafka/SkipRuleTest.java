package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.servers.KafkaBroker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read again: nothing that is the same, and everything that is not. */
class SkipRuleTest {

    private static final String FOREVER = "retention.ms=-1";

    private KafkaBroker broker;
    private Work work;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.shared();
        work = new Work(broker);
    }

    private interface Change {
        void make() throws Exception;
    }

    /** {@return the windows that a host reads again after a change, by their first offset} */
    private List<Long> readAgain(String topic, Change change, String... settings) throws Exception {
        try (Snapshot before = Snapshot.take(work.settings(topic, settings))) {
            change.make();
            try (Snapshot after = Snapshot.take(work.settings(topic, settings))) {
                Set<String> changed = after.changedSince(before);
                return after.windows(topic, 0)
                        .stream()
                        .filter(changed::contains)
                        .map(path -> Long.parseLong(path.replaceAll(".*/(\\d+)\\.krec", "$1")))
                        .toList();
            }
        }
    }

    private void policy(String topic, String policy) throws Exception {
        try (Admin admin = broker.admin()) {
            Collection<AlterConfigOp> change = List
                    .of(new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET));
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            admin.incrementalAlterConfigs(Map.of(resource, change)).all().get();
        }
        broker.settle();
    }

    @Test
    void withoutAChangeNothingIsReadAgain() throws Exception {
        String topic = work.topic(1, FOREVER);
        work.count(topic, 0, 0, 40);
        assertThat(readAgain(topic, () -> {})).isEmpty();
        assertThat(readAgain(topic, () -> {}, "reread=true")).containsExactly(0L, 16L, 32L);
    }

    @Test
    void anAppendChangesTheLastWindow() throws Exception {
        String topic = work.topic(1, FOREVER);
        work.count(topic, 0, 0, 40);
        assertThat(readAgain(topic, () -> work.count(topic, 0, 40, 41))).containsExactly(32L);
        assertThat(readAgain(topic, () -> work.count(topic, 0, 41, 48))).containsExactly(32L);
        assertThat(readAgain(topic, () -> work.count(topic, 0, 48, 50))).containsExactly(48L);
    }

    @Test
    void deletedRecordsChangeTheWindowInWhichTheTopicBegins() throws Exception {
        String topic = work.topic(1, FOREVER);
        work.count(topic, 0, 0, 40);
        assertThat(readAgain(topic, () -> work.deleteBefore(topic, 0, 20))).containsExactly(16L);
        assertThat(readAgain(topic, () -> work.deleteBefore(topic, 0, 32))).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAgainWithEqualOffsetsAndSizesIsReadWhole() throws Exception {
        String topic = work.topic(1, FOREVER);
        work.count(topic, 0, 0, 40);
        assertThat(readAgain(topic, () -> {
            work.delete(topic);
            work.create(topic, 1, FOREVER);
            work.count(topic, 0, 0, 40);
        })).containsExactly(0L, 16L, 32L);
    }

    @Test
    void compactedTopicsAreAlwaysReadWhole() throws Exception {
        for (String policy : List.of("compact", "compact,delete")) {
            String topic = work.topic(1, FOREVER, "cleanup.policy=" + policy);
            try (var producer = work.producer()) {
                for (int i = 0; i < 40; i++) {
                    var _ = producer.send(Work.record(topic, 0, "k" + i, "v"));
                }
            }
            assertThat(readAgain(topic, () -> {})).containsExactly(0L, 16L, 32L);
        }
    }

    @Test
    void anotherPolicyMakesEverythingBeReadAgain() throws Exception {
        String topic = work.topic(1, FOREVER, "cleanup.policy=compact");
        try (var producer = work.producer()) {
            var _ = producer.send(Work.record(topic, 0, "k", "v"));
        }
        assertThat(readAgain(topic, () -> policy(topic, "delete"))).containsExactly(0L);
        assertThat(readAgain(topic, () -> policy(topic, "compact"))).containsExactly(0L);
    }

    /** Documented: nothing that a broker says shows that a topic was compacted between two backups. */
    @Test
    void theHoleIsACompactionBetweenTwoBackupsWhichRereadCloses() throws Exception {
        String topic = work.topic(1, FOREVER, "cleanup.policy=delete");
        try (var producer = work.producer()) {
            var _ = producer.send(Work.record(topic, 0, "k", "v"));
        }
        Change thereAndBack = () -> {
            policy(topic, "compact");
            policy(topic, "delete");
        };
        assertThat(readAgain(topic, thereAndBack)).isEmpty();
        assertThat(readAgain(topic, thereAndBack, "reread=true")).containsExactly(0L);
    }

    @Test
    void anotherWindowSizeMakesOtherFiles() throws Exception {
        String topic = work.topic(1, FOREVER);
        work.count(topic, 0, 0, 64);
        try (Snapshot small = Snapshot.take(work.settings(topic));
                Snapshot large = Snapshot.take(work.settings(topic, "window=32"))) {
            assertThat(large.changedSince(small)).contains(Layout.window(topic, 0, 0), Layout.window(topic, 0, 32));
        }
    }
}
