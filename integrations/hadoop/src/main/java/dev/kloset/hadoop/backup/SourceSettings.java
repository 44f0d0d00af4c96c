package dev.kloset.hadoop.backup;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.Split;
import dev.kloset.hadoop.connect.ConnectionSettings;
import java.time.Duration;
import java.util.Optional;

@Configuration("A directory of a Hadoop file system to back up")
public record SourceSettings(
        @Setting("What to back up, such as hdfs://ns1/warehouse; hdfs:///x is in the file system that conf_dir names") Location location,
        ConnectionSettings connection,
        @Setting(value = "Whether the backup shows one moment: through a snapshot where one can be made, each file as it is when it is read, or through a snapshot or not at all", defaultValue = "snapshot") Consistency consistency,
        @Setting("A snapshot that exists, to be read and left alone: with it, several parts of a split show the same moment") Optional<String> snapshot,
        @Setting(value = "How long a snapshot outlives a backup that was killed, if no other backup comes before", defaultValue = "5m", min = "1s", max = "1d") Duration lease,
        @Setting(value = "Which part of the files to back up: 2/3 is the second of three", defaultValue = "1/1") Split split,
        @Setting(value = "What tells a changed file: number, size and time, or also the generation stamp", defaultValue = "fast") IdentityRule identity,
        @Setting(value = "Also extended attributes: one more question for each file", defaultValue = "true") boolean xattrs,
        @Setting("Also quotas: one more question for each directory, for which the NameNode counts everything below") boolean quotas) {}
