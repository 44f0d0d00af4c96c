package dev.kloset.kafka.connect;

import dev.kloset.ClusterLocation;
import dev.kloset.ConfigException;
import dev.kloset.DiagnosisStep;
import dev.kloset.HostList;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** One cluster and how to speak to it. For any number of threads. */
public final class Cluster {

    private static final Pattern TOPIC = Pattern.compile("/([A-Za-z0-9._-]{1,249})/?");

    private final HostList hosts;
    private final Optional<String> topic;
    private final ConnectionSettings settings;
    private final Map<String, Object> properties;

    private Cluster(HostList hosts, Optional<String> topic, ConnectionSettings settings,
            Map<String, Object> properties) {
        this.hosts = hosts;
        this.topic = topic;
        this.settings = settings;
        this.properties = properties;
    }

    /**
     * {@return the cluster of a location} Connects to nothing.
     *
     * @throws ConfigException if settings contradict each other, or what follows the hosts is no topic
     */
    public static Cluster of(ClusterLocation location, ConnectionSettings settings) throws IOException {
        ClientLog.quiet();
        SnappyLibrary.prepare();
        return new Cluster(location.hosts(), topic(location.path()), settings,
                ClientProperties.of(location.hosts(), settings));
    }

    private static Optional<String> topic(String path) throws ConfigException {
        if (path.isEmpty() || path.equals("/")) {
            return Optional.empty();
        }
        var parts = TOPIC.matcher(path);
        if (!parts.matches()) {
            throw new ConfigException("what follows the hosts in the setting \"location\" must be the name of a topic");
        }
        return Optional.of(parts.group(1));
    }

    /** {@return the hosts as the user wrote them, with their ports, for sentences} */
    public String name() {
        return String.join(", ", hosts.hosts().stream().map(HostList.Host::toString).toList());
    }

    /** {@return the user, for sentences} */
    public String who() {
        return settings.username().orElse("this client");
    }

    /** {@return the topic in the location} */
    public Optional<String> topic() {
        return topic;
    }

    /** {@return how long to wait for an answer} */
    public Duration timeout() {
        return settings.timeout();
    }

    /** {@return what every client of this cluster needs, secrets included: for clients alone} */
    public Map<String, Object> properties() {
        return properties;
    }

    /** {@return a client for everything but records, which the caller closes} Waits for nothing yet. */
    public Admin admin() {
        return Admin.create(properties);
    }

    /**
     * {@return the id that the cluster gave itself}
     *
     * @throws IOException if no broker answers, at once if all refuse, otherwise after the time-out at the latest
     */
    public String id() throws IOException, InterruptedException {
        Brokers brokers = new Brokers(hosts, settings.timeout());
        brokers.reach();
        ClientLog.forget();
        Duration half = settings.timeout().dividedBy(2);
        try (Admin admin = admin()) {
            var options = new DescribeClusterOptions().timeoutMs((int) Math.min(Integer.MAX_VALUE, half.toMillis()));
            return Waits.get(admin.describeCluster(options).clusterId(), "cannot connect to " + name());
        } catch (IOException e) {
            throw brokers.explained(e, half);
        }
    }

    /** {@return the steps of a doctor up to the login} */
    public List<DiagnosisStep> diagnosis() {
        Brokers brokers = new Brokers(hosts, settings.timeout());
        return List.of(DiagnosisStep.of("name", brokers::resolve), DiagnosisStep.of("port", brokers::reach),
                DiagnosisStep.of("login", this::id));
    }
}
