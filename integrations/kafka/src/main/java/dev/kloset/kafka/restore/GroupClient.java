package dev.kloset.kafka.restore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How the offsets of one kind of groups are set. */
interface GroupClient {

    /** {@return the members of a group, as a sentence names them; none if there is no such group} */
    List<String> members(String group) throws IOException, InterruptedException;

    /** Set offsets. */
    void set(String group, Map<TopicPartition, OffsetAndMetadata> offsets) throws IOException, InterruptedException;

    /** {@return all offsets of a group} */
    Map<TopicPartition, OffsetAndMetadata> read(String group) throws IOException, InterruptedException;

    /** {@return what the sentence of a failure begins with} */
    static String setting(String group) {
        return "cannot set the offsets of group " + group;
    }

    /** {@return what the sentence of a failure begins with} */
    static String reading(String group) {
        return "cannot read the offsets of group " + group;
    }

    /** {@return what the sentence of a failure begins with} */
    static String asking(String group) {
        return "cannot ask for the members of group " + group;
    }
}
