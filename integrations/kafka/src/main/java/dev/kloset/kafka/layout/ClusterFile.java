package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first file of a snapshot: what was backed up. It names all topics, so that a restore refuses before it writes anything. It has
 * no time: equal clusters give equal files.
 *
 * @param id the cluster's id
 * @param features the levels of the cluster's features, such as {@code metadata.version}
 * @param brokers for the reader; a restore does not need them
 * @param topics sorted by name
 */
public record ClusterFile(String id, Map<String, Long> features, List<Broker> brokers, List<Topic> topics) {

    /**
     * A broker.
     *
     * @param rack null if it has none
     */
    public record Broker(int id, String host, int port, @Nullable String rack) {}

    /**
     * A topic in the snapshot.
     *
     * @param replication on how many brokers each partition was
     * @param earliest the first offset of each partition, and so their number
     */
    public record Topic(String name, int replication, List<Long> earliest) {

        /** Copy the list. */
        public Topic {
            earliest = List.copyOf(earliest);
        }
    }

    private static final long FORMAT = 1;
    private static final int MOST_PORT = 0xFFFF;

    /** Copy and sort. */
    public ClusterFile {
        features = Map.copyOf(features);
        brokers = brokers.stream().sorted(Comparator.comparingInt(Broker::id)).toList();
        topics = topics.stream().sorted(Comparator.comparing(Topic::name)).toList();
    }

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", FORMAT);
        object.put("cluster", id);
        object.put("features", new TreeMap<>(features));
        object.put("brokers", brokers.stream().map(ClusterFile::object).toList());
        object.put("topics", topics.stream().map(ClusterFile::object).toList());
        return JsonMembers.write(object);
    }

    private static Map<String, Object> object(Broker broker) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", broker.id());
        object.put("host", broker.host());
        object.put("port", broker.port());
        if (broker.rack() != null) {
            object.put("rack", broker.rack());
        }
        return object;
    }

    private static Map<String, Object> object(Topic topic) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", topic.name());
        object.put("replication", topic.replication());
        object.put("earliest", topic.earliest());
        return object;
    }

    /** {@return what a file says} */
    public static ClusterFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        requireFormat(members);
        Map<String, Long> features = new LinkedHashMap<>();
        JsonMembers levels = members.member("features");
        for (String feature : levels.object().keySet()) {
            features.put(feature, levels.number(feature));
        }
        List<Broker> brokers = new ArrayList<>();
        for (JsonMembers broker : members.list("brokers")) {
            brokers.add(new Broker(broker.number("id", Integer.MAX_VALUE), broker.text("host"),
                    broker.number("port", MOST_PORT), broker.has("rack") ? broker.text("rack") : null));
        }
        List<Topic> topics = new ArrayList<>();
        for (JsonMembers topic : members.list("topics")) {
            topics.add(new Topic(topic.text("topic"), topic.number("replication", TopicFile.MOST_REPLICATION),
                    topic.numbers("earliest")));
        }
        return new ClusterFile(members.text("cluster"), features, brokers, topics);
    }

    static void requireFormat(JsonMembers members) throws IOException {
        if (members.number("format") != FORMAT) {
            throw new IOException("the snapshot was made by a newer version of this plugin: install that one");
        }
    }
}
