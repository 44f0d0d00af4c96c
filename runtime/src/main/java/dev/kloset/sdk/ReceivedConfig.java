package dev.kloset.sdk;

import dev.kloset.ConnectorConfig;
import dev.kloset.internal.LocationText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the host sends as configuration, before the connector sees it. */
final class ReceivedConfig {

    /**
     * The passphrase of the host's own repository and the command that prints it. Plakar removes them for the main store
     * only: with {@code -keyfile}, for {@code store check}, {@code store ping} and for the peers of {@code sync} they come
     * along. No other key of the host has been seen to.
     */
    private static final Set<String> OF_THE_HOST = Set.of("passphrase", "passphrase_cmd");

    private final String connector;
    private final String place;
    private final Map<String, String> sent;

    private ReceivedConfig(String connector, String place, Map<String, String> sent) {
        this.connector = connector;
        this.place = place;
        this.sent = sent;
    }

    /** {@return what was sent to a connector of this kind} Changes nothing. */
    static ReceivedConfig of(String kind, String proto, Map<String, String> sent) {
        String location = sent.getOrDefault("location", "");
        // Most locations have no user, and are not worth loading a class for.
        return new ReceivedConfig(proto + " " + kind,
                LocationText.isWorthReading(location) ? LocationText.of(location).withoutUser() : location, sent);
    }

    /** {@return the connector's part} From now on the log names the connector and its place, and the secrets are hidden, also the host's. */
    ConnectorConfig use() {
        LogPlace.connector(connector, place);
        HiddenSecrets.ofThisProcess().learn(sent, null);
        Map<String, String> rest = new HashMap<>(sent);
        rest.keySet().removeAll(OF_THE_HOST);
        return ConnectorConfig.of(rest);
    }
}
