package dev.kloset.hadoop.store;

import dev.kloset.Configuration;
import dev.kloset.ExtensionJars;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.hadoop.connect.ConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Configuration("A directory of HDFS with a repository")
public record StoreSettings(
        @Setting("Where the repository is, such as hdfs://ns1/backups/repository; hdfs:///x is in the file system that conf_dir names") Location location,
        @Setting("A directory with core-site.xml and hdfs-site.xml; without it HADOOP_CONF_DIR") Optional<Path> confDir,
        @Setting("Further properties of Hadoop, as KEY=VALUE; none that is secret") List<String> settings,
        @Setting("The user, for a cluster without Kerberos") Optional<String> user,
        @Setting("Who logs in with Kerberos, such as backup@EXAMPLE.ORG") Optional<String> principal,
        @Setting("A file with the key of principal, which only its owner can read") Optional<Path> keytab,
        @Setting("The configuration of Kerberos, if it is not /etc/krb5.conf") Optional<Path> krb5Conf,
        @Setting("A directory with jars of file systems that the package does not have") Optional<ExtensionJars> libraryDir,
        @Setting(value = "How long to wait for an answer; without it what conf_dir says, else a minute", min = "1s", max = "1h") Optional<Duration> timeout,
        @Setting(value = "On how many DataNodes each block is: as the directory and conf_dir say, or a number", pattern = "keep|[1-9]|[12][0-9]|3[0-2]", defaultValue = "keep") String replication) {

    ConnectionSettings connection() {
        return new ConnectionSettings(confDir, settings, user, principal, keytab, krb5Conf, libraryDir, timeout);
    }

    /** {@return the number of replicas, unless it is the directory's} */
    Optional<Short> replicas() {
        return replication.equals("keep") ? Optional.empty() : Optional.of(Short.valueOf(replication));
    }
}
