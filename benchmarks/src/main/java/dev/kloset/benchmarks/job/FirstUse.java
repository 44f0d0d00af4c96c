package dev.kloset.benchmarks.job;

import dev.kloset.ByteSize;
import dev.kloset.ConfigException;
import dev.kloset.Configuration;
import dev.kloset.ConnectorConfig;
import dev.kloset.RemoteLocation;
import dev.kloset.Secret;
import dev.kloset.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times what a plugin process does once, at its start: bind a configuration, ask for a logger, log. Prints one line of
 * microseconds.
 */
final class FirstUse {

    private static final long NANOS_PER_MICRO = 1000;

    @Configuration("Ten settings, one of each kind")
    record Settings(@Setting(defaultPort = 7070) RemoteLocation location, String accessName, Secret accessPassword,
            Optional<URI> endpoint, @Setting(defaultValue = "30s", min = "1s", max = "1h") Duration timeout,
            @Setting(defaultValue = "16MiB") ByteSize partSize,
            @Setting(defaultValue = "4", min = "1", max = "64") int connections,
            @Setting(pattern = "[a-z][a-z0-9-]{2,30}") Optional<String> shelf, List<String> labels,
            boolean trustAnyServer) {}

    private FirstUse() {}

    public static void main(String[] args) throws ConfigException, IOException {
        ConnectorConfig config = ConnectorConfig.of(Map.of("location", "shelf://host/x", "access_name", "joe",
                "access_password", "hunter22", "timeout", "5s", "connections", "8", "shelf", "lower", "labels",
                "a, b"));
        long start = System.nanoTime();
        byHand(config);
        long byHand = System.nanoTime();
        config.as(Settings.class);
        long bound = System.nanoTime();
        System.Logger logger = System.getLogger("shelf");
        logger.log(Level.DEBUG, "nobody reads this");
        long silent = System.nanoTime();
        logger.log(Level.WARNING, "somebody reads this");
        long said = System.nanoTime();
        say(byHand - start, bound - byHand, silent - bound, said - silent);
    }

    /** Read the settings one by one, as an author without a record does. */
    private static void byHand(ConnectorConfig config) throws ConfigException {
        if (config.required("location").isEmpty() || config.required("access_name").isEmpty()
                || Duration.parse("PT" + config.string("timeout", "30s")).isNegative()
                || config.number("connections", 4) < 1 || config.bool("trust_any_server", false)) {
            throw new ConfigException("one of the settings is wrong");
        }
    }

    private static void say(long... nanos) throws IOException {
        StringBuilder line = new StringBuilder();
        for (long each : nanos) {
            line.append(each / NANOS_PER_MICRO).append(' ');
        }
        new FileOutputStream(FileDescriptor.out).write((line.toString().strip() + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
