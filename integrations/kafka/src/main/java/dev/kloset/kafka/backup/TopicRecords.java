package dev.kloset.kafka.backup;

import dev.kloset.FileInfo;
import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.kafka.layout.WindowHeader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Emits the directories of topics. For one thread. */
final class TopicRecords {

    private final Session session;
    private final Cluster cluster;
    private final SourceSettings settings;
    private final Cut cut;
    private final SnapshotRecords records;
    private final Epochs epochs;
    private final TopicIds ids;

    TopicRecords(Cluster cluster, Session session, SourceSettings settings, Cut cut, SnapshotRecords records) {
        this.cluster = cluster;
        this.session = session;
        this.settings = settings;
        this.cut = cut;
        this.records = records;
        this.epochs = new Epochs(new RecordEpochs(session.consumers()));
        this.ids = new TopicIds(session.admin());
    }

    void emit(List<SourceTopic> topics) throws IOException, InterruptedException {
        epochs.find(ends(topics));
        for (SourceTopic topic : topics) {
            emit(topic);
        }
    }

    private Map<TopicPartition, Epochs.Ends> ends(List<SourceTopic> topics) {
        Map<TopicPartition, Epochs.Ends> ends = new HashMap<>();
        for (SourceTopic topic : topics) {
            for (int number = 0; number < topic.partitions() && mayBeSkipped(topic); number++) {
                Cut.Bounds bounds = cut.of(topic.partition(number));
                if (cut.has(topic.partition(number)) && bounds.cut() > bounds.earliest()) {
                    long first = Math.min(start(bounds.earliest()) + settings.window(), bounds.cut()) - 1;
                    ends.put(topic.partition(number),
                            new Epochs.Ends(first, bounds.cut() - 1, settings.window(), bounds));
                }
            }
        }
        return ends;
    }

    private boolean mayBeSkipped(SourceTopic topic) {
        return !topic.isCompacted() && !settings.reread();
    }

    private long start(long offset) {
        return offset & -settings.window();
    }

    private void emit(SourceTopic topic) throws IOException, InterruptedException {
        records.directory(Layout.topic(topic.name()));
        List<TopicFile.Bounds> bounds = IntStream.range(0, topic.partitions())
                .mapToObj(number -> cut.of(topic.partition(number)))
                .map(each -> new TopicFile.Bounds(each.earliest(), each.cut()))
                .toList();
        records.text(Layout.description(topic.name()),
                new TopicFile(topic.name(), topic.id(), topic.replication(), topic.configs(), bounds).write());
        for (int number = 0; number < topic.partitions(); number++) {
            if (cut.has(topic.partition(number)) && !isEmpty(cut.of(topic.partition(number)))) {
                emit(topic, number, cut.of(topic.partition(number)));
            }
        }
    }

    /** {@return whether a partition has no directory, as the topic's file says all about it} A host's time goes into directories. */
    private static boolean isEmpty(Cut.Bounds bounds) {
        return bounds.earliest() >= bounds.cut();
    }

    private void emit(SourceTopic topic, int number, Cut.Bounds bounds) throws IOException, InterruptedException {
        records.directory(Layout.partition(topic.name(), number));
        for (long start = start(bounds.earliest()); start < bounds.cut(); start += settings.window()) {
            Window window = new Window(topic,
                    new WindowHeader(topic.name(), topic.id(), number, start, settings.window()),
                    Math.max(start, bounds.earliest()), Math.min(start + settings.window(), bounds.cut()));
            records.file(window.pathname(), info(window),
                    new WindowContent(window, session.consumers(), ids, cluster.timeout()));
        }
    }

    private FileInfo info(Window window) {
        return mayBeSkipped(window.topic())
                ? window.unlessChanged(epochs.epoch(window.partition(), window.end() - 1))
                : window.always(records.time());
    }
}
