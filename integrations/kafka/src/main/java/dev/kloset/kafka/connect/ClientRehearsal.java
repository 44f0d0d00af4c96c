package dev.kloset.kafka.connect;

import dev.kloset.ClusterLocation;
import dev.kloset.HostList;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a backup does with Kafka's clients, as far as it goes without a broker: they take most of the time until the first record. */
public final class ClientRehearsal {

    /** A port that no broker has. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private ClientRehearsal() {}

    /** Ask for a cluster that is not there, which takes a second. */
    public static void run() throws IOException {
        ConnectionSettings settings = new ConnectionSettings(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), TIMEOUT);
        Cluster cluster = Cluster.of(new ClusterLocation("kafka", HostList.parse(NOWHERE, 1), "/"), settings);
        try (Admin admin = cluster.admin();
                Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.properties(),
                        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var options = new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis());
            admin.describeCluster(options)
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
