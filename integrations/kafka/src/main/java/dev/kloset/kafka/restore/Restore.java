package dev.kloset.kafka.restore;

import dev.kloset.export.ExportFailures;
import dev.kloset.kafka.layout.ClusterFile;
import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.KrecReader;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.PointFile;
import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.kafka.layout.WindowHeader;
import dev.kloset.resilience.Spill;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What each file of a snapshot does to the cluster. Called in the order of the phases, by several threads within one. */
final class Restore implements AutoCloseable {

    private static final long RUNS_IN_MEMORY = 8L << 20;

    private final TargetSettings settings;
    private final ExportFailures failures;
    private final Spill spill = new Spill(RUNS_IN_MEMORY);
    private final TopicRestore topics;
    private final WindowRestore windows;
    private final GroupRestore groups;
    private final RightsRestore rights;
    private final Map<String, RestoredTopic> restored = new ConcurrentHashMap<>(); // by the name in the snapshot
    private final AtomicReference<@Nullable IOException> unknown = new AtomicReference<>();
    private final ReentrantLock making = new ReentrantLock(); // held while topics without a description are looked for or made
    private final ReentrantLock finishing = new ReentrantLock();
    private boolean isFinished; // guarded by finishing
    private volatile boolean isUndescribed; // a description failed, so that its topic must not be made without it
    private volatile @Nullable ClusterFile whole; // there if everything is restored
    private volatile boolean hasPoint;

    Restore(Target target, TargetSettings settings, TargetNames names, RecordFilter filter, ExportFailures failures) {
        this.settings = settings;
        this.failures = failures;
        this.topics = new TopicRestore(new Topics(target), settings, names, spill, failures);
        this.windows = new WindowRestore(target, filter, settings.offsets() == OffsetMode.EXACT);
        this.groups = new GroupRestore(target, names, this::place);
        this.rights = new RightsRestore(target, names);
    }

    /** The first file: nothing is written if one of the topics cannot be. */
    void cluster(byte[] file) throws IOException, InterruptedException {
        ClusterFile cluster = ClusterFile.read(file);
        try {
            topics.check(cluster);
        } catch (IOException e) {
            throw failures.stop(e);
        }
        whole = cluster;
    }

    void topic(String pathname, byte[] file) throws IOException, InterruptedException {
        boolean isReady = false;
        try {
            TopicFile description = TopicFile.read(file);
            requirePlace(pathname, Layout.description(description.topic()));
            restored.put(description.topic(), topics.ready(description));
            isReady = true;
        } finally {
            isUndescribed |= !isReady;
        }
    }

    private static void requirePlace(String pathname, String place) throws IOException {
        if (!place.endsWith(pathname)) {
            throw new IOException("this file belongs to " + place + " and was moved");
        }
    }

    void window(String pathname, InputStream in) throws IOException, InterruptedException {
        KrecReader records = new KrecReader(in, Target.recordBytes());
        WindowHeader window = records.window();
        requirePlace(pathname, Layout.window(window));
        RestoredTopic topic = topicOf(window);
        boolean isDone = false;
        try {
            RestoredPartition partition = topic.partition(window.partition());
            Optional<String> missing = partition.begin(window);
            windows.write(records, new TopicPartition(topic.name(), window.partition()), partition);
            isDone = missing.isEmpty();
            if (missing.isPresent()) {
                throw new IOException(
                        "topic " + window.topic() + ", partition " + window.partition() + ": " + missing.get());
            }
        } catch (IOException e) {
            throw new IOException("cannot restore " + window + " completely", e);
        } finally {
            if (!isDone) {
                topic.fail();
            }
        }
    }

    private RestoredTopic topicOf(WindowHeader window) throws IOException, InterruptedException {
        RestoredTopic described = restored.get(window.topic());
        if (described == null || described.description().isEmpty()) {
            return withoutDescription(window);
        }
        TopicFile file = described.description().get();
        if (!file.id().equals(window.topicId())) {
            throw new IOException(window + " is of another topic that had the same name");
        }
        if (window.partition() >= file.partitions().size()) {
            throw new IOException(window + " is of a partition that the topic did not have");
        }
        return described;
    }

    private RestoredTopic withoutDescription(WindowHeader window) throws IOException, InterruptedException {
        making.lockInterruptibly();
        try {
            failures.check();
            RestoredTopic topic = restored.get(window.topic());
            if (topic == null) {
                if (isUndescribed || whole != null) {
                    throw new IOException("topic " + window.topic()
                            + " was not made, because its file 00-topic.json was not restored");
                }
                topic = topics.ready(window);
                restored.put(window.topic(), topic);
            }
            topics.grow(topic, window.partition());
            return topic;
        } finally {
            making.unlock();
        }
    }

    void group(String pathname, byte[] file) throws IOException, InterruptedException {
        if (settings.offsets() == OffsetMode.NONE) {
            return;
        }
        finishTopics();
        GroupFile group = GroupFile.read(file);
        requirePlace(pathname, Layout.group(group.group()));
        groups.restore(group);
    }

    private long place(GroupOffset offset) throws IOException, InterruptedException {
        RestoredTopic topic = restored.get(offset.topic());
        if (topic == null) {
            return placeElsewhere(offset);
        }
        if (topic.hasFailed()) {
            throw new IOException("topic " + offset.topic() + " was not restored completely");
        }
        if (offset.partition() >= topic.partitions()) {
            throw new IOException("topic " + offset.topic() + " has no partition " + offset.partition());
        }
        RestoredPartition partition = topic.partition(offset.partition());
        return settings.offsets() == OffsetMode.EXACT
                ? Math.min(offset.offset(), partition.end())
                : partition.target(offset.offset());
    }

    /** {@return where a group goes on in a topic that is not restored} */
    private long placeElsewhere(GroupOffset offset) throws IOException {
        if (whole != null) {
            System.getLogger(Restore.class.getName())
                    .log(Level.WARNING, "topic {0} is not in the snapshot, so no group goes on in it", offset.topic());
            return -1;
        }
        if (settings.offsets() == OffsetMode.EXACT) {
            return offset.offset();
        }
        throw new IOException("topic " + offset.topic() + " is not part of this restore, so it is unknown which offsets"
                + " its records have: restore the topic, too, or choose offsets=exact");
    }

    void acls(byte[] file) throws IOException, InterruptedException {
        if (settings.acls()) {
            rights.acls(file);
        }
    }

    void quotas(byte[] file) throws IOException, InterruptedException {
        if (settings.quotas()) {
            rights.quotas(file);
        }
    }

    /** The last file. */
    void point(byte[] file) throws IOException {
        PointFile.read(file);
        hasPoint = true;
    }

    /** A file that is none of a backup. Beside others it may stand for one that the host could not read. */
    void unknown(IOException failure) {
        unknown.compareAndSet(null, failure);
    }

    /** All records have come: look for missing ones, compare ends, and give the topics their configurations. */
    private void finishTopics() throws InterruptedException {
        finishing.lockInterruptibly();
        try {
            if (isFinished) {
                return;
            }
            isFinished = true;
            for (Map.Entry<String, RestoredTopic> entry : new TreeMap<>(restored).entrySet()) {
                finish(entry.getKey(), entry.getValue());
            }
        } finally {
            finishing.unlock();
        }
    }

    private void finish(String name, RestoredTopic topic) throws InterruptedException {
        addMissing(name, topic);
        if (topic.hasFailed()) {
            return; // it keeps the configurations under which nothing is deleted from it
        }
        try {
            topics.finish(topic);
        } catch (IOException e) {
            topic.fail();
            failures.add(e);
        }
    }

    private void addMissing(String name, RestoredTopic topic) {
        int count = topic.description().map(file -> file.partitions().size()).orElse(0);
        for (int i = 0; i < count; i++) {
            Optional<String> missing = topic.partition(i).missing(topic.description().get().partitions().get(i));
            if (missing.isPresent()) {
                topic.fail();
                failures.add(new IOException("topic " + name + ", partition " + i + ": " + missing.get()
                        + " in this restore"));
            }
        }
    }

    /** Everything has come: a topic that is in no file is missing. */
    void end() throws IOException, InterruptedException {
        if (!isStopped()) {
            finishTopics();
        }
        ClusterFile cluster = whole;
        IOException stray = unknown.get();
        if (stray != null && (cluster != null || !restored.isEmpty())) {
            failures.add(stray);
        }
        if (cluster != null) {
            Set<String> expected = new HashSet<>();
            cluster.topics().forEach(topic -> expected.add(topic.name()));
            expected.removeAll(restored.keySet());
            expected.forEach(topic -> failures.add(new IOException("topic " + topic + " was not restored")));
            if (!hasPoint) {
                failures.add(new IOException("the last file, " + Layout.POINT + ", is missing in this restore"));
            }
        }
    }

    private boolean isStopped() {
        try {
            failures.check();
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
