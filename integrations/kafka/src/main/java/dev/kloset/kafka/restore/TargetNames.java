package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import org.apache.kafka.common.TopicPartition;

/** Under which names topics and groups come back. */
record TargetNames(String prefix) {

    private static final int LONGEST_TOPIC = 249;

    String topic(String topic) throws ConfigException {
        String name = prefix + topic;
        if (name.length() > LONGEST_TOPIC) {
            throw new ConfigException("the name of topic " + topic + " is longer than " + LONGEST_TOPIC
                    + " characters with what the setting \"prefix\" puts in front");
        }
        return name;
    }

    TopicPartition partition(String topic, int partition) throws ConfigException {
        return new TopicPartition(topic(topic), partition);
    }

    String group(String group) {
        return prefix + group;
    }
}
