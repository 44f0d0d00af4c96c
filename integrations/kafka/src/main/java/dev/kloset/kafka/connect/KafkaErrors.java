package dev.kloset.kafka.connect;

import dev.kloset.ErrorKind;
import dev.kloset.ErrorTable;
import dev.kloset.support.Sentence;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.BootstrapResolutionException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the exceptions of Kafka's clients mean to a user. */
public final class KafkaErrors {

    private KafkaErrors() {}

    /** {@return the table for the plugin} */
    public static ErrorTable table() {
        return ErrorTable.builder()
                .add(SaslAuthenticationException.class, ErrorKind.AUTHENTICATION,
                        e -> Sentence.message(e) + "; check the settings username, password and sasl_mechanism")
                .add(UnsupportedSaslMechanismException.class, ErrorKind.CONFIGURATION,
                        e -> Sentence.message(e) + "; check the setting sasl_mechanism")
                .add(SslAuthenticationException.class, ErrorKind.AUTHENTICATION,
                        e -> Sentence.innermostMessage(e) + "; check the settings truststore and keystore")
                .add(AuthorizationException.class, ErrorKind.PERMISSION, Sentence::message)
                .add(UnknownTopicOrPartitionException.class, ErrorKind.NOT_FOUND, _ -> "the topic is not there")
                .add(UnknownTopicIdException.class, ErrorKind.NOT_FOUND, _ -> "the topic is not there any more")
                .add(UnsupportedVersionException.class, ErrorKind.UNSUPPORTED,
                        e -> "the brokers are too old for this: " + Sentence.message(e))
                .add(BootstrapResolutionException.class, ErrorKind.NOT_FOUND,
                        _ -> "no host of the location can be resolved; check its spelling")
                .add(TimeoutException.class, ErrorKind.TRANSIENT,
                        _ -> "no broker answered in time; check hosts and ports, and security_protocol")
                .add(RetriableException.class, ErrorKind.TRANSIENT, Sentence::message)
                .add(KafkaException.class, KafkaErrors::isUnresolved, ErrorKind.NOT_FOUND,
                        _ -> "no host of the location can be resolved; check its spelling")
                .add(KafkaException.class, ErrorKind.OTHER, Sentence::innermostMessage)
                .build();
    }

    private static boolean isUnresolved(KafkaException e) {
        return Sentence.innermostMessage(e).startsWith("No resolvable bootstrap");
    }
}
