package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * The file that describes a topic, so that its directory can be restored alone.
 *
 * @param replication on how many brokers each partition was
 * @param configs the configurations that were set for this topic; it follows the brokers in all others
 * @param partitions which offsets of each partition are in the snapshot
 */
public record TopicFile(String topic, Uuid id, int replication, Map<String, String> configs, List<Bounds> partitions) {

    /**
     * Which offsets of a partition are in the snapshot.
     *
     * @param earliest the first one
     * @param cut the last stable offset, which is not in it any more
     */
    public record Bounds(long earliest, long cut) {}

    static final int MOST_REPLICATION = Short.MAX_VALUE;

    /** Copy. */
    public TopicFile {
        configs = Map.copyOf(configs);
        partitions = List.copyOf(partitions);
    }

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", topic);
        object.put("id", id.toString());
        object.put("replication", replication);
        object.put("configs", new TreeMap<>(configs));
        object.put("earliest", partitions.stream().map(Bounds::earliest).toList());
        object.put("cut", partitions.stream().map(Bounds::cut).toList());
        return JsonMembers.write(object);
    }

    /** {@return what a file says} */
    public static TopicFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        List<Long> earliest = members.numbers("earliest");
        List<Long> cuts = members.numbers("cut");
        if (earliest.isEmpty() || earliest.size() != cuts.size()) {
            throw new IOException("the members \"earliest\" and \"cut\" do not have a number for each partition: "
                    + "the file was changed");
        }
        List<Bounds> partitions = new ArrayList<>();
        for (int i = 0; i < earliest.size(); i++) {
            partitions.add(new Bounds(earliest.get(i), cuts.get(i)));
        }
        return new TopicFile(members.text("topic"), id(members.text("id")),
                members.number("replication", MOST_REPLICATION), members.member("configs").strings(), partitions);
    }

    private static Uuid id(String text) throws IOException {
        try {
            return Uuid.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + text + "\" is no id of a topic: the file was changed", e);
        }
    }
}
