package dev.kloset.kafka.backup;

import dev.kloset.ClusterLocation;
import dev.kloset.Configuration;
import dev.kloset.Secret;
import dev.kloset.Setting;
import dev.kloset.kafka.connect.ConnectionSettings;
import dev.kloset.kafka.connect.SecurityProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Configuration("A Kafka cluster to back up")
public record SourceSettings(
        @Setting(value = "Some brokers, and perhaps a topic: kafka://b1:9092,b2:9092/orders", defaultPort = 9092) ClusterLocation location,
        @Setting("A file with properties of the client, as the tools of Kafka read it; the other settings come over it") Optional<Path> clientProperties,
        @Setting("How to speak to the brokers; without it SASL_SSL if there is a username") Optional<SecurityProtocol> securityProtocol,
        @Setting(value = "How to log in, such as SCRAM-SHA-512 or PLAIN", pattern = "[A-Z0-9-]{1,30}") Optional<String> saslMechanism,
        @Setting("The user") Optional<String> username,
        @Setting("The password of the user") Optional<Secret> password,
        @Setting("A file with the certificates to trust: PEM, PKCS12 or JKS, by its name") Optional<Path> truststore,
        @Setting("The password of truststore") Optional<Secret> truststorePassword,
        @Setting("A file with our own certificate and key: PEM, PKCS12 or JKS, by its name") Optional<Path> keystore,
        @Setting("The password of keystore") Optional<Secret> keystorePassword,
        @Setting("The password of the key in keystore") Optional<Secret> keyPassword,
        @Setting(value = "How long to wait for an answer", defaultValue = "30s", min = "1s", max = "1h") Duration timeout,
        @Setting(value = "The topics, as names with * and ?; all if there is none") List<String> topics,
        @Setting(value = "The groups, as names with * and ?; all if there is none") List<String> groups,
        @Setting("Also the topics that Kafka keeps for itself; groups do not need them") boolean internal,
        @Setting(value = "How many offsets a file of records has: a power of two", defaultValue = "65536", min = "16", max = "16777216") int window,
        @Setting("Read everything again, also what shows no sign of a change") boolean reread) {

    ConnectionSettings connection() {
        return new ConnectionSettings(clientProperties, securityProtocol, saslMechanism, username, password, truststore,
                truststorePassword, keystore, keystorePassword, keyPassword, timeout);
    }
}
