package dev.kloset.hadoop.connect;

import dev.kloset.Configuration;
import dev.kloset.ExtensionJars;
import dev.kloset.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to speak to a cluster. A backup, a restore and a store have these settings in common. The properties in {@code settings} come
 * over those of all files.
 */
@Configuration("The way to a Hadoop file system")
public record ConnectionSettings(
        @Setting("A directory with core-site.xml and hdfs-site.xml; without it HADOOP_CONF_DIR") Optional<Path> confDir,
        @Setting("Further properties of Hadoop, as KEY=VALUE; none that is secret") List<String> settings,
        @Setting("The user, for a cluster without Kerberos") Optional<String> user,
        @Setting("Who logs in with Kerberos, such as backup@EXAMPLE.ORG") Optional<String> principal,
        @Setting("A file with the key of principal, which only its owner can read") Optional<Path> keytab,
        @Setting("The configuration of Kerberos, if it is not /etc/krb5.conf") Optional<Path> krb5Conf,
        @Setting("A directory with jars of file systems that the package does not have") Optional<ExtensionJars> libraryDir,
        @Setting(value = "How long to wait for an answer; without it what conf_dir says, else a minute", min = "1s", max = "1h") Optional<Duration> timeout) {}
