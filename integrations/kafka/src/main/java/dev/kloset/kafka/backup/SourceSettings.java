package dev.kloset.kafka.backup;

import dev.kloset.ClusterLocation;
import dev.kloset.Configuration;
import dev.kloset.Setting;
import dev.kloset.kafka.connect.ConnectionSettings;
import java.util.List;

@Configuration("A Kafka cluster to back up")
public record SourceSettings(
        @Setting(value = "Some brokers, and perhaps a topic: kafka://b1:9092,b2:9092/orders", defaultPort = 9092) ClusterLocation location,
        ConnectionSettings connection,
        @Setting(value = "The topics, as names with * and ?; all if there is none") List<String> topics,
        @Setting(value = "The groups, as names with * and ?; all if there is none") List<String> groups,
        @Setting("Also the topics that Kafka keeps for itself; groups do not need them") boolean internal,
        @Setting(value = "How many offsets a file of records has: a power of two", defaultValue = "65536", min = "16", max = "16777216") int window,
        @Setting("Read everything again, also what shows no sign of a change") boolean reread) {}
