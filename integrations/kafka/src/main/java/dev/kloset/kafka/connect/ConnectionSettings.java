package dev.kloset.kafka.connect;

import dev.kloset.Configuration;
import dev.kloset.Secret;
import dev.kloset.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How to speak to a cluster. A backup and a restore have these settings in common. */
@Configuration("The way to a Kafka cluster")
public record ConnectionSettings(
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
        @Setting(value = "How long to wait for an answer", defaultValue = "30s", min = "1s", max = "1h") Duration timeout) {}
