package dev.kloset.sdk;

import dev.kloset.ConnectorConfig;
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

    private ReceivedConfig() {}

    /** {@return {@code sent} without what is the host's own} Its secrets are hidden from now on, also the host's. */
    static ConnectorConfig take(String kind, String proto, Map<String, String> sent) {
        LogPlace.connector(proto + " " + kind, withoutUser(sent.getOrDefault("location", "")));
        HiddenSecrets.ofThisProcess().learn(sent);
        Map<String, String> rest = new HashMap<>(sent);
        rest.keySet().removeAll(OF_THE_HOST);
        return ConnectorConfig.of(rest);
    }

    /** Most locations have no user, and the first regular expression of a process takes a part of a millisecond. */
    private static String withoutUser(String location) {
        return location.indexOf('@') < 0
                ? location
                : location.replaceFirst("^([A-Za-z0-9.+-]+:(?://)?)[^/@]*@", "$1");
    }
}
