package dev.kloset.kafka.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.kafka.connect.Snappy;
import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A broker on free ports of loopback, in a directory of its own. A shell watches it and ends it, and removes the directory, as soon as
 * the test's end of a pipe is closed: by {@link #close}, or because the test was killed.
 *
 * <p>Without a login everything is allowed. {@code bk} ({@link #PASSWORD}) may do what ACLs allow.
 */
public final class KafkaBroker implements AutoCloseable {

    public static final String USER = "bk";
    public static final String PASSWORD = "kloset-7\"!\\";

    /** The host that clients of {@link #astray} are led to. */
    public static final String NOWHERE = "kafka-0.invalid";

    /** Arguments: directory, class path, java, an option, the cluster's id. Each line it reads is a command. */
    private static final String WATCH = """
            directory=$1 classes=$2 java=$3 option=$4 cluster=$5
            trap : HUP INT TERM
            start() {
                "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m "$option" -cp "$classes" kafka.Kafka \\
                    "$directory/server.properties" > "$directory/server.log" 2>&1 < /dev/null &
                pid=$!
            }
            stop() {
                kill -9 $pid
                wait $pid
            } 2> /dev/null
            trap 'stop; rm -rf "$directory"' EXIT
            "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classes" kafka.tools.StorageTool format -t "$cluster" \\
                -c "$directory/server.properties" > "$directory/format.log" 2>&1 < /dev/null
            start
            echo started
            while read -r what; do
                $what
                echo "$what"
            done
            """;

    private static @Nullable KafkaBroker shared; // guarded by KafkaBroker.class

    private final ServerProcess watcher;
    private final BrokerPorts ports;
    private final Keystores keystores;

    private KafkaBroker(ServerProcess watcher, BrokerPorts ports, Keystores keystores) {
        this.watcher = watcher;
        this.ports = ports;
        this.keystores = keystores;
    }

    /** {@return the broker of this JVM, which lives as long} Tests have topics of their own. */
    public static synchronized KafkaBroker shared() throws IOException, InterruptedException {
        KafkaBroker broker = shared;
        if (broker == null) {
            broker = start();
            shared = broker;
        }
        return broker;
    }

    /** {@return the same broker, on which nothing is left of tests before} The classes of a JVM come one after the other. */
    public static KafkaBroker emptied() throws IOException, InterruptedException, ExecutionException {
        KafkaBroker broker = shared();
        try (Admin admin = broker.admin()) {
            Emptying.of(admin);
        }
        return broker;
    }

    /** {@return a running broker} Without its jars the test is skipped, or fails if {@code servers.required} is true. */
    public static KafkaBroker start() throws IOException, InterruptedException {
        return start(BrokerJars.NEWEST);
    }

    /** {@return a running broker of the oldest version that the plugin supports} */
    public static KafkaBroker oldest() throws IOException, InterruptedException {
        return start(BrokerJars.OLDEST);
    }

    private static KafkaBroker start(String version) throws IOException, InterruptedException {
        BrokerPorts ports = BrokerPorts.reserve();
        KafkaBroker broker = launch(version, new BrokerProperties(1, ports, ports.controller()), Uuid.randomUuid());
        broker.awaitNodes(1);
        return broker;
    }

    /** {@return several running brokers of one cluster; the first one is also its controller} */
    public static List<KafkaBroker> cluster(int count) throws IOException, InterruptedException {
        Uuid id = Uuid.randomUuid();
        BrokerPorts first = BrokerPorts.reserve();
        KafkaBroker[] brokers = new KafkaBroker[count];
        for (int i = 0; i < count; i++) {
            brokers[i] = launch(BrokerJars.NEWEST,
                    new BrokerProperties(i + 1, i == 0 ? first : BrokerPorts.reserve(), first.controller()), id);
        }
        brokers[0].awaitNodes(count);
        return List.of(brokers);
    }

    private static String classPath(String version) throws IOException, InterruptedException {
        Optional<String> jars = BrokerJars.classPath(version);
        assumeTrue(jars.isPresent() || Boolean.getBoolean("servers.required"),
                "there is no Kafka broker " + version + ": Maven fetches it with mvn -f"
                        + " integrations/kafka/src/test/resources/dev/kloset/kafka/servers/broker.xml"
                        + " dependency:build-classpath -Dbroker.version=" + version);
        return jars.orElseThrow();
    }

    private static KafkaBroker launch(String version, BrokerProperties own, Uuid id)
            throws IOException, InterruptedException {
        String classPath = classPath(version);
        Path directory = Files.createTempDirectory("kloset-kafka");
        Keystores keystores = Keystores.shared();
        StringBuilder text = new StringBuilder();
        own.in(directory, keystores)
                .forEach((key, value) -> text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        Files.writeString(directory.resolve("server.properties"), text);
        ProcessBuilder command = new ProcessBuilder("sh", "-c", WATCH, "watch", directory.toString(), classPath,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), snappy(), id.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        ServerProcess watcher = ServerProcess.start("the broker", command);
        watcher.await("started");
        return new KafkaBroker(watcher, own.ports(), keystores);
    }

    /** Snappy would take its library for musl on a machine that has musl beside its own C library; ours is the plugin's. */
    private static String snappy() {
        Snappy.prepare();
        String path = System.getProperty("org.xerial.snappy.lib.path");
        return path == null ? "-Dsnappy=own" : "-Dorg.xerial.snappy.lib.path=" + path;
    }

    private void awaitNodes(int count) throws InterruptedException, IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(10)) {
            try (Admin admin = admin()) {
                Collection<Node> nodes = admin.describeCluster().nodes().get();
                if (nodes.size() >= count) {
                    return;
                }
            } catch (ExecutionException e) {
                // It is not up yet.
            }
            Thread.sleep(100);
        }
        throw new IOException("the broker does not answer");
    }

    /** {@return a client that may do everything} */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap(), "default.api.timeout.ms", "60000"));
    }

    /** {@return host and port of the listener that allows everything} */
    public String bootstrap() {
        return "127.0.0.1:" + ports.plain();
    }

    /** {@return host and port of the listener with a login} */
    public String login() {
        return "127.0.0.1:" + ports.sasl();
    }

    /** {@return host and port of the listener with a login over TLS} */
    public String tls() {
        return "127.0.0.1:" + ports.tls();
    }

    /** {@return host and port of a listener that leads clients to an address that cannot be resolved, with any port} */
    public String astray() {
        return "127.0.0.1:" + ports.astray();
    }

    public Keystores keystores() {
        return keystores;
    }

    /** Stop it in the middle of everything. */
    public void kill() throws IOException {
        watcher.command("stop", "stop");
    }

    /** Start it after {@link #kill}. Does not wait until it answers. */
    public void revive() throws IOException {
        watcher.command("start", "start");
    }

    /** Wait until it answers. */
    public void awaitAnswer() throws IOException, InterruptedException {
        awaitNodes(1);
    }

    /** Wait until it has applied all changes of topics, configurations, rights, logins and quotas that calls have made. */
    public void settle() throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            Settling.of(admin);
        }
    }

    @Override
    public void close() {
        watcher.close();
        ports.close();
    }
}
