package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import dev.kloset.Configuration;
import dev.kloset.ExtensionJars;
import dev.kloset.Secret;
import dev.kloset.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** How to log in, with which driver, and what it gets. A backup and a restore have these settings in common. */
@Configuration("The way to a database")
public record ConnectionSettings(
        @Setting("The user; to restore, one that is allowed to make tables") Optional<String> username,
        @Setting("The password of the user") Optional<Secret> password,
        @Setting("A directory with jars of other drivers") Optional<ExtensionJars> driverDir,
        @Setting("Properties for the driver, such as ssl=true") List<String> properties) {

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
