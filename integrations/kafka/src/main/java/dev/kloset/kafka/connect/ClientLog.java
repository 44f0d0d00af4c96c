package dev.kloset.kafka.connect;

import java.net.UnknownHostException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Kafka's clients log. They repeat each failure to connect many times a second, and only there say which advertised
 * address has no host. Safe for any number of threads.
 */
final class ClientLog {

    private static final Pattern NODE = Pattern.compile("node ([^\\s:]+:\\d+)");

    // The JDK holds loggers weakly: without these, filter and levels could go.
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka.clients");
    private static final Logger NETWORK = Logger.getLogger(CLIENTS.getName() + ".NetworkClient");
    private static final Logger METADATA = Logger
            .getLogger(CLIENTS.getName() + ".admin.internals.AdminMetadataManager");

    private static volatile @Nullable String unresolved;

    private ClientLog() {}

    /** Keep repetitions out of the user's sight from now on, unless the user wants to see everything. */
    static void quiet() {
        boolean isWanted = CLIENTS.isLoggable(Level.FINE);
        NETWORK.setFilter(said -> look(said) && isWanted);
        if (!isWanted) {
            CLIENTS.setLevel(Level.WARNING);
            METADATA.setLevel(Level.OFF);
        }
    }

    private static boolean look(LogRecord said) {
        if (said.getThrown() instanceof UnknownHostException) {
            Matcher node = NODE.matcher(said.getMessage());
            unresolved = node.find() ? node.group(1) : said.getThrown().getMessage();
        }
        return true;
    }

    static void forget() {
        unresolved = null;
    }

    /** {@return the last address that could not be resolved, since {@link #forget}} */
    static Optional<String> unresolved() {
        return Optional.ofNullable(unresolved);
    }
}
