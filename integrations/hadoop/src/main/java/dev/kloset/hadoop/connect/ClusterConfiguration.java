package dev.kloset.hadoop.connect;

import dev.kloset.ConfigException;
import dev.kloset.internal.SecretKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/** Makes Hadoop's configuration of settings: what suits a backup, over it the files of the cluster, over these the settings. */
final class ClusterConfiguration {

    private static final List<String> FILES = List.of("core-site.xml", "hdfs-site.xml");
    private static final String MINUTE = "60000";

    /** Hadoop waits a quarter of an hour for a host that is off, and half a second after each file that it has written. */
    private static final Map<String, String> DEFAULTS = Map.of(
            // Otherwise only connections of the latest login get a new ticket, and only after one was refused.
            "hadoop.kerberos.keytab.login.autorenewal.enabled", "true",
            "hadoop.kerberos.min.seconds.before.relogin", "10",
            "ipc.client.connect.timeout", "10000",
            "ipc.client.connect.max.retries.on.timeouts", "2",
            "ipc.client.rpc-timeout.ms", MINUTE,
            "dfs.client.socket-timeout", MINUTE,
            "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "20",
            // Each wait is twice as long as the one before: as long in all as with Hadoop's own two values.
            "dfs.client.block.write.locateFollowingBlock.retries", "10");

    /** They name places of secrets, or rules. */
    private static final Set<String> PUBLIC = Set.of("hadoop.security.auth_to_local",
            "hadoop.security.key.provider.path", "dfs.encryption.key.provider.uri",
            "hadoop.security.credential.provider.path");

    private ClusterConfiguration() {}

    static Configuration of(ConnectionSettings settings) throws IOException {
        Configuration own = new Configuration(false);
        DEFAULTS.forEach(own::set);
        Configuration all = new HdfsConfiguration();
        all.addResource(own);
        Optional<Path> directory = directory(settings);
        if (directory.isPresent()) {
            addFiles(all, directory.get());
        }
        settings.timeout().ifPresent(timeout -> setTimeout(all, timeout));
        for (String setting : settings.settings()) {
            add(all, setting);
        }
        if (settings.libraryDir().isPresent()) {
            all.setClassLoader(Libraries.loader(settings.libraryDir().get()));
        }
        return all;
    }

    private static Optional<Path> directory(ConnectionSettings settings) throws ConfigException {
        Optional<Path> given = settings.confDir();
        if (given.isPresent() && FILES.stream().noneMatch(name -> Files.isReadable(given.get().resolve(name)))) {
            throw new ConfigException("the setting \"conf_dir\" must be a directory with a readable core-site.xml or"
                    + " hdfs-site.xml");
        }
        return given.or(() -> Optional.ofNullable(System.getenv("HADOOP_CONF_DIR"))
                .filter(name -> !name.isBlank())
                .map(Path::of));
    }

    private static void addFiles(Configuration all, Path directory) throws ConfigException {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            if (Files.isReadable(file)) {
                all.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        try {
            all.size(); // reads them
        } catch (RuntimeException e) {
            ConfigException wrong = new ConfigException("the files core-site.xml and hdfs-site.xml of the setting"
                    + " \"conf_dir\", or of HADOOP_CONF_DIR, cannot be read as Hadoop's configuration");
            wrong.addSuppressed(e);
            throw wrong;
        }
    }

    private static void setTimeout(Configuration all, Duration timeout) {
        String millis = Long.toString(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        for (String key : List.of("ipc.client.rpc-timeout.ms", "dfs.client.socket-timeout",
                "ipc.client.connect.timeout")) {
            all.set(key, millis);
        }
    }

    private static void add(Configuration all, String setting) throws ConfigException {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new ConfigException("the setting \"settings\" must be a list of KEY=VALUE");
        }
        String key = setting.substring(0, equals).strip();
        if (SecretKeys.isSecret(key) && !PUBLIC.contains(key)) {
            throw new ConfigException("the setting \"settings\" must not have " + key
                    + ", which may be a secret: put it into a file of conf_dir that only you can read");
        }
        all.set(key, setting.substring(equals + 1).strip());
    }
}
