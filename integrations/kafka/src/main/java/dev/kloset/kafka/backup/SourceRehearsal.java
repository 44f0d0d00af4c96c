package dev.kloset.kafka.backup;

import dev.kloset.ClusterLocation;
import dev.kloset.HostList;
import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.connect.ConnectionSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** The start of a backup, as far as it goes without a broker: the two clients take most of the time until the first record. */
public final class SourceRehearsal {

    /** A port that no broker has. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int FETCH_BYTES = 1 << 20;

    private SourceRehearsal() {}

    /** Ask for a cluster that is not there, which takes a second. */
    public static void run() throws IOException {
        ConnectionSettings settings = new ConnectionSettings(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), TIMEOUT);
        Cluster cluster = Cluster.of(new ClusterLocation("kafka", HostList.parse(NOWHERE, 1), "/"), settings);
        try (Session session = new Session(cluster);
                Consumer<byte[], byte[]> consumer = session.consumers().single(FETCH_BYTES)) {
            var options = new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis());
            session.admin()
                    .describeCluster(options)
                    .clusterId()
                    .toCompletionStage()
                    .exceptionally(e -> "")
                    .toCompletableFuture()
                    .join();
            consumer.unsubscribe();
        }
        messages();
    }

    /** The first answer of a broker says what it understands; to look at that, the client loads every message that it knows. */
    private static void messages() {
        for (ApiKeys key : ApiKeys.clientApis()) {
            key.messageType.newRequest();
            key.messageType.newResponse();
            key.messageType.requestSchemas();
            key.messageType.responseSchemas();
        }
        Errors.forCode(Errors.NONE.code());
    }
}
