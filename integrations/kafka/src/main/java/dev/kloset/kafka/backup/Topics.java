package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.connect.Waits;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.support.Sentence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a cluster that are backed up.
 *
 * @param topics sorted by name
 * @param unreadable those that may not be read
 */
record Topics(List<SourceTopic> topics, List<Unreadable> unreadable) {

    private static final int USUAL_LARGEST = 1 << 20;

    /** Ask a cluster. */
    static Topics of(Cluster cluster, Admin admin, Selection selection) throws IOException, InterruptedException {
        return new Reading(cluster, admin).read(selection);
    }

    /** One look at a cluster. For one thread. */
    private static final class Reading {

        private final Cluster cluster;
        private final Admin admin;
        private final List<SourceTopic> topics = new ArrayList<>();
        private final List<Unreadable> unreadable = new ArrayList<>();

        Reading(Cluster cluster, Admin admin) {
            this.cluster = cluster;
            this.admin = admin;
        }

        Topics read(Selection selection) throws IOException, InterruptedException {
            Map<String, TopicDescription> described = describe(wanted(selection));
            Map<String, Config> configs = configs(described.keySet());
            for (String name : new TreeSet<>(described.keySet())) {
                Config config = configs.get(name);
                if (config != null) {
                    topics.add(topic(Objects.requireNonNull(described.get(name)), config));
                }
            }
            return new Topics(topics, unreadable);
        }

        private Set<String> wanted(Selection selection) throws IOException, InterruptedException {
            Set<String> there = Waits.get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names(),
                    "cannot list the topics of " + cluster.name());
            Set<String> wanted = new HashSet<>(there);
            wanted.removeIf(name -> !selection.hasTopic(name));
            for (String name : selection.names()) {
                if (!there.contains(name)) {
                    throw new FileNotFoundException("there is no topic " + name + ", or " + cluster.who()
                            + " may not see it: then grant Describe, Read and DescribeConfigs to User:"
                            + cluster.who());
                }
            }
            return wanted;
        }

        private Map<String, TopicDescription> describe(Collection<String> names) throws InterruptedException {
            var answers = admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            Map<String, TopicDescription> described = new HashMap<>();
            for (var answer : answers.entrySet()) {
                String name = answer.getKey();
                try {
                    TopicDescription topic = Waits.get(answer.getValue(), "cannot look at topic " + name);
                    Set<AclOperation> allowed = topic.authorizedOperations();
                    if (allowed == null || allowed.isEmpty() || allowed.contains(AclOperation.READ)) {
                        described.put(name, topic);
                    } else {
                        refuse(name);
                    }
                } catch (IOException e) {
                    if (!isGone(e)) {
                        unreadable.add(new Unreadable(Layout.topic(name), Sentence.of(e)));
                    }
                }
            }
            return described;
        }

        private void refuse(String topic) {
            unreadable.add(new Unreadable(Layout.topic(topic), cluster.who() + " may not read topic " + topic
                    + ": grant Read and DescribeConfigs to User:" + cluster.who()));
        }

        /** {@return whether the topic was deleted after it was listed} Then it is simply not there. */
        private static boolean isGone(IOException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }

        private Map<String, Config> configs(Collection<String> names) throws InterruptedException {
            List<ConfigResource> resources = names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            Map<String, Config> configs = new HashMap<>();
            for (var answer : admin.describeConfigs(resources).values().entrySet()) {
                String name = answer.getKey().name();
                try {
                    configs.put(name, Waits.get(answer.getValue(), "cannot read the configs of topic " + name));
                } catch (IOException e) {
                    if (e.getCause() instanceof AuthorizationException) {
                        refuse(name);
                    } else if (!isGone(e)) {
                        unreadable.add(new Unreadable(Layout.topic(name), Sentence.of(e)));
                    }
                }
            }
            return configs;
        }

        private static SourceTopic topic(TopicDescription topic, Config config) {
            Map<String, String> own = new HashMap<>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG && entry.value() != null) {
                    own.put(entry.name(), entry.value());
                }
            }
            List<Integer> leaderless = topic.partitions()
                    .stream()
                    .filter(partition -> isMissing(partition.leader()))
                    .map(TopicPartitionInfo::partition)
                    .toList();
            return new SourceTopic(topic.name(), topic.topicId(), topic.partitions().getFirst().replicas().size(), own,
                    value(config, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT),
                    Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + USUAL_LARGEST)),
                    topic.partitions().size(), leaderless);
        }

        private static boolean isMissing(@Nullable Node leader) {
            return leader == null || leader.isEmpty();
        }

        private static String value(Config config, String name, String absent) {
            ConfigEntry entry = config.get(name);
            return entry == null || entry.value() == null ? absent : entry.value();
        }
    }
}
