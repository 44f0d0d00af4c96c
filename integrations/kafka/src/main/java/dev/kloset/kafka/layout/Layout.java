package dev.kloset.kafka.layout;

import dev.kloset.internal.EncodedName;
import java.util.Locale;

/**
 * The paths of a snapshot. They sort in the order in which a restore needs the files: what the cluster has, topics and their records,
 * then the groups that point at records.
 */
public final class Layout {

    /** What was backed up: the cluster, and the list of topics. */
    public static final String CLUSTER = "/00-cluster.json";
    /** The directory of the topics. */
    public static final String TOPICS = "/10-topics";
    /** The directory of the groups. */
    public static final String GROUPS = "/20-groups";
    /** The access control lists, one entry a line. */
    public static final String ACLS = "/30-acls.jsonl";
    /** The quotas of users and clients, one entity a line. */
    public static final String QUOTAS = "/40-quotas.jsonl";
    /** Up to which offset each partition was backed up. */
    public static final String POINT = "/90-point.json";

    static final String DESCRIPTION = "00-topic.json";
    static final String RECORDS = ".krec";

    private Layout() {}

    /** {@return the directory of a topic} */
    public static String topic(String topic) {
        return TOPICS + "/" + EncodedName.of(topic);
    }

    /** {@return the file in a topic's directory that describes the topic} */
    public static String description(String topic) {
        return topic(topic) + "/" + DESCRIPTION;
    }

    /** {@return the directory of a partition's records} */
    public static String partition(String topic, int partition) {
        return topic(topic) + String.format(Locale.ROOT, "/%05d", partition);
    }

    /** {@return the file of the records of a window of offsets} */
    public static String window(String topic, int partition, long start) {
        return partition(topic, partition) + String.format(Locale.ROOT, "/%020d", start) + RECORDS;
    }

    /** {@return the file of a window} */
    public static String window(WindowHeader window) {
        return window(window.topic(), window.partition(), window.start());
    }

    /** {@return the file of a group} */
    public static String group(String group) {
        return GROUPS + "/" + EncodedName.of(group) + ".json";
    }
}
