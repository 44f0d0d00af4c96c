package dev.kloset.kafka.restore;

import dev.kloset.ClusterLocation;
import dev.kloset.Configuration;
import dev.kloset.Setting;
import dev.kloset.kafka.connect.ConnectionSettings;
import java.nio.file.Path;
import java.util.Optional;

@Configuration("A Kafka cluster to restore into")
public record TargetSettings(
        @Setting(value = "Some brokers, such as kafka://b1:9092,b2:9092", defaultPort = 9092) ClusterLocation location,
        ConnectionSettings connection,
        @Setting(value = "What happens to topics that exist already: the restore is refused, records are added, or the topics are deleted and made again", defaultValue = "refuse") TopicsExist topicsExist,
        @Setting(value = "Where groups go on: at the same records, at the same offsets, or groups are left alone", defaultValue = "translate") OffsetMode offsets,
        @Setting(value = "On how many brokers each partition is: as many as before, or a number", defaultValue = "keep", pattern = "keep|[1-9]") String replication,
        @Setting(value = "What the names of topics and groups get in front, such as restored-", pattern = "[A-Za-z0-9._-]{1,100}") Optional<String> prefix,
        @Setting(value = "Only records with this timestamp or a later one, such as 2026-11-30T12:00:00Z", pattern = INSTANT) Optional<String> fromTime,
        @Setting(value = "Only records with an earlier timestamp", pattern = INSTANT) Optional<String> toTime,
        @Setting("A file with keys, one a line, whose records are left out") Optional<Path> dropKeys,
        @Setting("Restore access control lists, too") boolean acls,
        @Setting("Restore quotas, too") boolean quotas) {

    private static final String INSTANT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})";
}
