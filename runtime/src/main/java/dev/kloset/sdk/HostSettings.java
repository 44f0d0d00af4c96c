package dev.kloset.sdk;

import dev.kloset.ConnectorConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Takes out of a configuration what is none of the connector's business. */
final class HostSettings {

    /**
     * The passphrase of the host's own repository and the command that prints it. Plakar removes them for the main store
     * only: with {@code -keyfile}, for {@code store check}, {@code store ping} and for the peers of {@code sync} they come
     * along. No other key of the host has been seen to.
     */
    private static final Set<String> KEYS = Set.of("passphrase", "passphrase_cmd");

    private HostSettings() {}

    /** {@return {@code sent} without them} */
    static ConnectorConfig without(Map<String, String> sent) {
        Map<String, String> rest = new HashMap<>(sent);
        rest.keySet().removeAll(KEYS);
        return ConnectorConfig.of(rest);
    }
}
