package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.PostgreSqlPoint;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/** How the driver reached the server, in the words that libpq knows. */
record LoginProperties(Map<String, String> properties) {

    /** A property of the driver, and the variable that says the same to libpq. */
    static final Map<String, String> VARIABLES = Map.of("PGHOST", "PGHOST", "PGPORT", "PGPORT", "PGDBNAME",
            "PGDATABASE",
            "user", "PGUSER", "password", "PGPASSWORD", "sslmode", "PGSSLMODE", "sslrootcert", "PGSSLROOTCERT",
            "sslcert",
            "PGSSLCERT", "sslkey", "PGSSLKEY", "gssEncMode", "PGGSSENCMODE");

    LoginProperties(PostgreSqlPoint point) throws SQLException {
        this(properties(point));
    }

    private static Map<String, String> properties(PostgreSqlPoint point) throws SQLException {
        Properties defaults = new Properties();
        point.connections().login().forEach(defaults::setProperty);
        Properties parsed = Objects.requireNonNullElse(Driver.parseURL(point.leader().getMetaData().getURL(), defaults),
                defaults);
        Map<String, String> properties = new HashMap<>();
        for (String name : parsed.stringPropertyNames()) {
            properties.put(name, parsed.getProperty(name));
        }
        properties.putIfAbsent("user", point.leader().getMetaData().getUserName());
        properties.computeIfPresent("PGHOST", (_, host) -> host.replace("[", "").replace("]", ""));
        if (!properties.containsKey("sslmode") && properties.containsKey("ssl")
                && !"false".equals(properties.get("ssl"))) {
            properties.put("sslmode", "verify-full");
        }
        return properties;
    }
}
