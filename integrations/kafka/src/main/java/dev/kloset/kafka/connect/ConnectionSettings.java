package dev.kloset.kafka.connect;

import dev.kloset.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to speak to a cluster, in the user's words.
 *
 * @param clientProperties a file as the tools of Kafka read it; the other settings come over it
 * @param timeout how long to wait for an answer
 */
public record ConnectionSettings(Optional<Path> clientProperties, Optional<SecurityProtocol> securityProtocol,
        Optional<String> saslMechanism, Optional<String> username, Optional<Secret> password, Optional<Path> truststore,
        Optional<Secret> truststorePassword, Optional<Path> keystore, Optional<Secret> keystorePassword,
        Optional<Secret> keyPassword, Duration timeout) {}
