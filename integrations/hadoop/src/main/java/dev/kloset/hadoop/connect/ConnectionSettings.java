package dev.kloset.hadoop.connect;

import dev.kloset.ExtensionJars;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to speak to a cluster, in the user's words.
 *
 * @param confDir a directory with core-site.xml and hdfs-site.xml; without it that of HADOOP_CONF_DIR, if there is one
 * @param settings further properties of Hadoop, {@code key=value}, which come over all files
 * @param user the user of a cluster without Kerberos
 * @param libraryDir jars of file systems that the package does not have
 * @param timeout how long to wait for an answer; without it what the files say, else a minute
 */
public record ConnectionSettings(Optional<Path> confDir, List<String> settings, Optional<String> user,
        Optional<String> principal, Optional<Path> keytab, Optional<Path> krb5Conf, Optional<ExtensionJars> libraryDir,
        Optional<Duration> timeout) {}
