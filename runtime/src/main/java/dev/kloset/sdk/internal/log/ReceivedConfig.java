package dev.kloset.sdk.internal.log;

import dev.kloset.ConnectorConfig;
import dev.kloset.internal.LocationText;
import dev.kloset.internal.SecretKeys;
import java.util.HashMap;
import java.util.Map;

/** The configuration that the host sends, before the connector sees it. */
public final class ReceivedConfig {

    private final String connector;
    private final String place;
    private final Map<String, String> sent;

    private ReceivedConfig(String connector, String place, Map<String, String> sent) {
        this.connector = connector;
        this.place = place;
        this.sent = sent;
    }

    /** {@return the configuration that was sent to a connector of this kind} */
    public static ReceivedConfig of(String kind, String proto, Map<String, String> sent) {
        String location = sent.getOrDefault("location", "");
        // Most locations have no user, and are not worth loading a class for.
        return new ReceivedConfig(proto + " " + kind,
                LocationText.isWorthReading(location) ? LocationText.of(location).withoutUser() : location, sent);
    }

    /**
     * Register this connector with {@code host}: the log names it and its place, and hides the secrets, the host's own included.
     */
    public void register(HostContext host) {
        host.serves(connector, place, sent);
    }

    /** {@return the connector's part} */
    public ConnectorConfig config() {
        Map<String, String> rest = new HashMap<>(sent);
        rest.keySet().removeAll(SecretKeys.OF_THE_HOST);
        return ConnectorConfig.of(rest);
    }
}
