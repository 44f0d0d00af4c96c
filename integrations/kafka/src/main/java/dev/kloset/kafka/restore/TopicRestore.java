package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.export.ExportFailures;
import dev.kloset.kafka.layout.ClusterFile;
import dev.kloset.kafka.layout.TopicFile;
import dev.kloset.kafka.layout.WindowHeader;
import dev.kloset.resilience.Spill;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Makes topics ready for their records, or refuses. For any number of threads, with one for each topic. */
record TopicRestore(Topics topics, TargetSettings settings, TargetNames names, Spill spill,
        ExportFailures failures) {

    private static final int MOST_NAMED = 10;

    private boolean isExact() {
        return settings.offsets() == OffsetMode.EXACT;
    }

    /** Before anything is written: refuse what cannot be restored as a whole. */
    void check(ClusterFile cluster) throws IOException, InterruptedException {
        Set<String> names = topics.names();
        int brokers = topics.brokers();
        List<String> existing = new ArrayList<>();
        for (ClusterFile.Topic topic : cluster.topics()) {
            String name = this.names.topic(topic.name());
            if (names.contains(name)) {
                existing.add(name);
                checkExisting(name, topic.earliest().size());
            } else {
                checkBrokers(topic.name(), topic.replication(), brokers);
            }
            for (int i = 0; isExact() && i < topic.earliest().size(); i++) {
                checkExact(name, i, topic.earliest().get(i));
            }
        }
        if (settings.topicsExist() == TopicsExist.REFUSE && !existing.isEmpty()) {
            throw refusal(existing);
        }
    }

    private void checkBrokers(String topic, int replication, int brokers) throws IOException {
        if (settings.replication().equals("keep") && replication > brokers) {
            throw stop("topic " + topic + " was on " + replication + " brokers and the cluster has " + brokers
                    + ": choose replication=" + brokers);
        }
    }

    private void checkExact(String name, int partition, long earliest) throws IOException {
        if (earliest > 0) {
            throw failures.stop(WindowRestore.gap(new TopicPartition(name, partition), 0, earliest));
        }
    }

    private void checkExisting(String name, int count) throws IOException, InterruptedException {
        if (settings.topicsExist() == TopicsExist.APPEND) {
            checkCount(name, topics.partitions(name).orElse(count), count);
        }
    }

    private void checkCount(String name, int there, int count) throws IOException {
        if (there != count) {
            throw stop("topic " + name + " exists with " + there + " partitions, the backup has " + count
                    + ": topics_exist=recreate or a prefix");
        }
    }

    private IOException refusal(List<String> existing) {
        String some = String.join(", ", existing.subList(0, Math.min(MOST_NAMED, existing.size())))
                + (existing.size() > MOST_NAMED ? " and " + (existing.size() - MOST_NAMED) + " more" : "");
        return failures.stop(new ConnectorException(ErrorKind.CONFIGURATION,
                (existing.size() == 1 ? "topic " + some + " exists" : "topics " + some + " exist")
                        + " in " + topics.target().name() + ", and topics_exist=refuse does not touch what exists")
                .hint("choose a prefix, topics_exist=append or topics_exist=recreate"));
    }

    private IOException stop(String reason) {
        return failures.stop(new ConfigException(reason));
    }

    /** {@return the topic that this file describes, ready for records} */
    RestoredTopic ready(TopicFile file) throws IOException, InterruptedException {
        String name = names.topic(file.topic());
        int count = file.partitions().size();
        Optional<Integer> there = topics.partitions(name);
        if (there.isPresent() && settings.topicsExist() == TopicsExist.REFUSE) {
            throw refusal(List.of(name));
        }
        if (there.isPresent() && settings.topicsExist() == TopicsExist.APPEND) {
            checkCount(name, there.get(), count);
            return new RestoredTopic(name, file, false, ends(name, count), spill);
        }
        checkBrokers(file.topic(), file.replication(), there.isPresent() ? Integer.MAX_VALUE : topics.brokers());
        if (there.isPresent()) {
            topics.delete(name);
        }
        int replication = Topics.replication(file, settings.replication());
        topics.make(name, count, Optional.of((short) replication),
                TemporaryConfigs.whileRestored(TemporaryConfigs.restored(file, replication)));
        return new RestoredTopic(name, file, true, new long[count], spill);
    }

    /** {@return the topic of records whose description is not part of the restore} It stays as it is made here. */
    RestoredTopic ready(WindowHeader window) throws IOException, InterruptedException {
        String name = names.topic(window.topic());
        Optional<Integer> there = topics.partitions(name);
        if (there.isPresent() && settings.topicsExist() != TopicsExist.APPEND) {
            if (settings.topicsExist() == TopicsExist.REFUSE) {
                throw refusal(List.of(name));
            }
            throw stop("topic " + name + " exists, and how to make it again stands in the file 00-topic.json, which is"
                    + " not part of this restore: restore the directory of the topic, or choose topics_exist=append");
        }
        if (there.isPresent()) {
            return new RestoredTopic(name, null, false, ends(name, there.get()), spill);
        }
        int count = window.partition() + 1;
        Optional<Short> replication = settings.replication().equals("keep")
                ? Optional.empty()
                : Optional.of(Short.valueOf(settings.replication()));
        topics.make(name, count, replication, TemporaryConfigs.whileRestored(Map.of()));
        return new RestoredTopic(name, null, true, new long[count], spill);
    }

    private long[] ends(String name, int count) throws IOException, InterruptedException {
        long[] ends = topics.ends(name, count);
        if (isExact() && Arrays.stream(ends).anyMatch(end -> end > 0)) {
            throw stop("topic " + name + " has had records, so those of the backup cannot get their offsets again:"
                    + " choose offsets=translate or topics_exist=recreate");
        }
        return ends;
    }

    /** Give a topic room for a partition that it does not have, if this restore made it without its description. */
    void grow(RestoredTopic topic, int partition) throws IOException, InterruptedException {
        if (partition < topic.partitions()) {
            return;
        }
        if (!topic.isMade() || topic.description().isPresent()) {
            throw new ConfigException("topic " + topic.name() + " has " + topic.partitions()
                    + " partitions, the backup has records of partition " + partition
                    + ": choose topics_exist=recreate or a prefix");
        }
        topics.addPartitions(topic.name(), partition + 1);
        topic.grow(new long[partition + 1]);
    }

    /** Compare what a topic has with what was written, and give it the configurations that it had. */
    void finish(RestoredTopic topic) throws IOException, InterruptedException {
        long[] ends = topics.ends(topic.name(), topic.partitions());
        for (Map.Entry<Integer, RestoredPartition> entry : topic.restored().entrySet()) {
            RestoredPartition partition = entry.getValue();
            if (ends[entry.getKey()] < partition.end()) {
                throw new IOException("topic " + topic.name() + ", partition " + entry.getKey() + " ends at offset "
                        + ends[entry.getKey()] + ", and " + partition.written() + " records were restored up to offset "
                        + partition.end());
            }
        }
        Optional<TopicFile> file = topic.description();
        if (topic.isMade() && file.isPresent()) {
            topics.configure(topic.name(), TemporaryConfigs.after(
                    TemporaryConfigs.restored(file.get(), Topics.replication(file.get(), settings.replication()))));
        }
    }
}
