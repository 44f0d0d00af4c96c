package dev.kloset.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.Plugin;
import dev.kloset.kafka.layout.KrecWriter;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.WindowHeader;
import dev.kloset.kafka.servers.KafkaBroker;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.ExpectedFiles;
import dev.kloset.testkit.contract.MutableSource;
import dev.kloset.testkit.contract.SourceChange;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.subject.Subject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;

/** The importer keeps every clause of the contract, with a topic of a real broker. */
class KafkaImporterContractTest extends ImporterContract {

    private static final String FOREVER = "retention.ms=-1";
    private static final int WINDOW = 16;

    private KafkaBroker broker;
    private Work work;
    private String topic;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.shared();
        work = new Work(broker);
        topic = work.topic(2, FOREVER);
        send(0, 40);
        work.send(topic, 1, "large ".repeat(50_000));
    }

    private void send(int from, int to) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = work.producer()) {
            for (int i = from; i < to; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, 0, (long) i, null, value(i)));
            }
        }
    }

    private static byte[] value(int i) {
        return ("record " + i).getBytes(UTF_8);
    }

    @Override
    protected Plugin plugin() {
        return KafkaPlugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return work.settings(topic, "groups=contract-*", "window=" + WINDOW);
    }

    @Override
    protected Optional<MutableSource> mutableSource(Path directory) {
        return Optional.of(new MutableSource() {
            @Override
            public List<SourceChange> changes() {
                return List.of(new SourceChange("records more", () -> {
                    send(40, 41);
                    return file(ExpectedFiles.none(), 32, 32, 41);
                }), new SourceChange("records deleted", () -> {
                    work.deleteBefore(topic, 0, 20);
                    return file(ExpectedFiles.none().andGone(Layout.window(topic, 0, 0)), 16, 20, 32);
                }), new SourceChange("the topic made again", () -> {
                    work.delete(topic);
                    work.create(topic, 2, FOREVER);
                    send(0, 41);
                    return file(file(file(ExpectedFiles.none(), 0, 0, 16), 16, 16, 32), 32, 32, 41);
                }));
            }

            @Override
            public boolean isAlwaysRead(String pathname) {
                return !pathname.endsWith(".krec");
            }
        });
    }

    private ExpectedFiles file(ExpectedFiles files, long start, int from, int to) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WindowHeader header = new WindowHeader(topic, id(), 0, start, WINDOW);
        KrecWriter writer = new KrecWriter(bytes, header);
        for (int i = from; i < to; i++) {
            writer.add(new ConsumerRecord<>(topic, 0, i, i, TimestampType.CREATE_TIME, 0, 0, null, value(i),
                    new RecordHeaders(), Optional.empty()));
        }
        writer.end();
        return files.and(Layout.window(header), bytes.toByteArray());
    }

    private Uuid id() throws Exception {
        try (Admin admin = broker.admin()) {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
                    .topicId();
        }
    }

    @Override
    protected Optional<Subject> process() {
        return main(KafkaPlugin.class.getName(), "importer");
    }

    @Override
    protected void configure(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }
}
