package dev.kloset.hadoop.backup;

import dev.kloset.Configuration;
import dev.kloset.ExtensionJars;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.Split;
import dev.kloset.hadoop.connect.ConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Configuration("A directory of a Hadoop file system to back up")
public record SourceSettings(
        @Setting("What to back up, such as hdfs://ns1/warehouse; hdfs:///x is in the file system that conf_dir names") Location location,
        @Setting("A directory with core-site.xml and hdfs-site.xml; without it HADOOP_CONF_DIR") Optional<Path> confDir,
        @Setting("Further properties of Hadoop, as KEY=VALUE; none that is secret") List<String> settings,
        @Setting("The user, for a cluster without Kerberos") Optional<String> user,
        @Setting("Who logs in with Kerberos, such as backup@EXAMPLE.ORG") Optional<String> principal,
        @Setting("A file with the key of principal, which only its owner can read") Optional<Path> keytab,
        @Setting("The configuration of Kerberos, if it is not /etc/krb5.conf") Optional<Path> krb5Conf,
        @Setting("A directory with jars of file systems that the package does not have") Optional<ExtensionJars> libraryDir,
        @Setting(value = "How long to wait for an answer; without it what conf_dir says, else a minute", min = "1s", max = "1h") Optional<Duration> timeout,
        @Setting(value = "Whether the backup shows one moment: through a snapshot where one can be made, each file as it is when it is read, or through a snapshot or not at all", defaultValue = "snapshot") Consistency consistency,
        @Setting("A snapshot that exists, to be read and left alone: with it, several parts of a split show the same moment") Optional<String> snapshot,
        @Setting(value = "How long a snapshot outlives a backup that was killed, if no other backup comes before", defaultValue = "5m", min = "1s", max = "1d") Duration lease,
        @Setting(value = "Which part of the files to back up: 2/3 is the second of three", defaultValue = "1/1") Split split,
        @Setting(value = "What tells a changed file: number, size and time, or also the generation stamp", defaultValue = "fast") IdentityRule identity,
        @Setting(value = "Also extended attributes: one more question for each file", defaultValue = "true") boolean xattrs,
        @Setting("Also quotas: one more question for each directory, for which the NameNode counts everything below") boolean quotas) {

    ConnectionSettings connection() {
        return new ConnectionSettings(confDir, settings, user, principal, keytab, krb5Conf, libraryDir, timeout);
    }
}
