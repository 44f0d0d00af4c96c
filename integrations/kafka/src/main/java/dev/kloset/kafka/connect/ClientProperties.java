package dev.kloset.kafka.connect;

import dev.kloset.ConfigException;
import dev.kloset.HostList;
import dev.kloset.Secret;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Makes the properties of Kafka's clients of settings. */
final class ClientProperties {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Map<String, Object> all = new HashMap<>();

    private ClientProperties() {}

    /**
     * {@return properties that every client of the cluster has}
     *
     * @throws ConfigException if settings contradict each other
     */
    static Map<String, Object> of(HostList hosts, ConnectionSettings settings) throws IOException {
        ClientProperties properties = new ClientProperties();
        if (settings.clientProperties().isPresent()) {
            properties.read(settings.clientProperties().get());
        }
        properties.basics(hosts, settings.timeout());
        properties.protocol(settings);
        properties.login(settings);
        properties.stores(settings);
        return Map.copyOf(properties.all);
    }

    private void read(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            read.load(text);
        }
        read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name).strip()));
    }

    private void basics(HostList hosts, Duration timeout) {
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, hosts.toString());
        all.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "kloset");
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(timeout));
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout));
        String connect = millis(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT);
        all.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, connect);
        all.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis(timeout));
        // Nothing reads them: they would cost a start, and a module of the JDK.
        all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
    }

    private static String millis(Duration time) {
        return Integer.toString((int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toMillis())));
    }

    private void protocol(ConnectionSettings settings) {
        if (settings.securityProtocol().isPresent()) {
            all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, settings.securityProtocol().get().name());
        } else if (!all.containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)) {
            // A password never goes over the network in clear text unless the user says so.
            boolean isTls = settings.truststore().isPresent() || settings.keystore().isPresent();
            SecurityProtocol safe = settings.username().isPresent()
                    ? SecurityProtocol.SASL_SSL
                    : isTls ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
            all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, safe.name());
        }
    }

    private void login(ConnectionSettings settings) throws ConfigException {
        settings.saslMechanism().ifPresent(mechanism -> all.put(SaslConfigs.SASL_MECHANISM, mechanism));
        if (settings.username().isEmpty()) {
            return;
        }
        if (settings.securityProtocol().isPresent() && !settings.securityProtocol().get().hasLogin()) {
            throw new ConfigException("the setting \"username\" needs the setting \"security_protocol\" to be SASL_SSL"
                    + " or SASL_PLAINTEXT");
        }
        if (settings.password().isEmpty()) {
            throw new ConfigException("the setting \"password\" is missing: there is a \"username\"");
        }
        Object mechanism = all.get(SaslConfigs.SASL_MECHANISM);
        if (mechanism == null) {
            throw new ConfigException("the setting \"sasl_mechanism\" is missing: the brokers say whether it is PLAIN,"
                    + " SCRAM-SHA-256 or SCRAM-SHA-512");
        }
        all.put(SaslConfigs.SASL_JAAS_CONFIG,
                jaas(mechanism.toString(), settings.username().get(), settings.password().get()));
    }

    private static String jaas(String mechanism, String username, Secret password) throws ConfigException {
        String module = switch (mechanism) {
            case "PLAIN" -> "org.apache.kafka.common.security.plain.PlainLoginModule";
            case "SCRAM-SHA-256", "SCRAM-SHA-512" -> "org.apache.kafka.common.security.scram.ScramLoginModule";
            default -> throw new ConfigException("the setting \"username\" does not go with this \"sasl_mechanism\":"
                    + " put the login module into the file of \"client_properties\"");
        };
        return module + " required username=" + quoted(username) + " password=" + quoted(password.reveal()) + ";";
    }

    /** {@return a text in the quotes of JAAS, which know the escapes of C} */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }

    private void stores(ConnectionSettings settings) throws ConfigException {
        store("truststore", settings.truststore(), SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG);
        store("keystore", settings.keystore(), SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG);
        secret(settings.truststorePassword(), SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG);
        secret(settings.keystorePassword(), SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        secret(settings.keyPassword(), SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    }

    private void store(String setting, Optional<Path> file, String location, String type) throws ConfigException {
        if (file.isEmpty()) {
            return;
        }
        if (!Files.isReadable(file.get())) {
            throw new ConfigException("the setting \"" + setting + "\" must be a file that can be read");
        }
        all.put(location, file.get().toString());
        all.put(type, type(file.get().toString().toLowerCase(Locale.ROOT)));
    }

    private static String type(String name) {
        if (name.endsWith(".pem") || name.endsWith(".crt")) {
            return "PEM";
        }
        return name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS12" : "JKS";
    }

    private void secret(Optional<Secret> secret, String property) {
        secret.ifPresent(value -> all.put(property, value.reveal()));
    }
}
