package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import dev.kloset.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How to log in, and with which properties of the driver.
 *
 * @param properties {@code key=value}, each
 */
public record Login(Optional<String> username, Optional<Secret> password, List<String> properties) {

    public Login {
        properties = List.copyOf(properties);
    }

    /** {@return what the driver gets: the dialect's properties, over them the user's} */
    Properties with(Map<String, String> defaults) throws ConfigException {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        for (String property : properties) {
            int equals = property.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException(
                        "the setting \"properties\" must be a list such as ssl=true, tcpKeepAlive=true");
            }
            String key = property.substring(0, equals).strip();
            if (key.equalsIgnoreCase("password")) {
                throw new ConfigException(
                        "the setting \"properties\" contains a password: put it into the setting \"password\", which is hidden");
            }
            all.put(key, property.substring(equals + 1).strip());
        }
        username.ifPresent(name -> all.put("user", name));
        password.ifPresent(secret -> all.put("password", secret.reveal()));
        Properties ready = new Properties();
        ready.putAll(all);
        return ready;
    }

    /** {@return the user, for sentences} */
    String who() {
        return username.orElse("the default user");
    }
}
