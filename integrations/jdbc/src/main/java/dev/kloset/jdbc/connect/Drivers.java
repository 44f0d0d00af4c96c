package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import dev.kloset.ExtensionJars;
import java.io.IOException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Finds the driver for a URL: one of the user's, or one that the plugin brings. */
final class Drivers {

    private static final Map<String, String> BUNDLED = Map.of(
            "postgresql", "org.postgresql.Driver",
            "mariadb", "org.mariadb.jdbc.Driver",
            "h2", "org.h2.Driver",
            "hsqldb", "org.hsqldb.jdbc.JDBCDriver",
            "derby", "org.apache.derby.iapi.jdbc.AutoloadedDriver");

    private static final String MYSQL = "jdbc:mysql:";

    private Drivers() {}

    /** A driver, and the URL in the words that it knows. */
    record Found(Driver driver, String url) {}

    static Found find(JdbcUrl url, Optional<ExtensionJars> jars) throws IOException {
        if (jars.isPresent()) {
            for (Driver driver : jars.get().load(Driver.class)) {
                if (accepts(driver, url.text())) {
                    return new Found(driver, url.text());
                }
            }
        }
        // MySQL's own driver has another licence; MariaDB's speaks to both, under its own name.
        String text = url.text().startsWith(MYSQL)
                ? "jdbc:mariadb:" + url.text().substring(MYSQL.length())
                : url.text();
        String name = BUNDLED.get(url.product().equals("mysql") ? "mariadb" : url.product());
        if (name == null) {
            throw new ConfigException(
                    "there is no driver for jdbc:" + url.product() + ": put its jar into the directory of driver_dir");
        }
        return new Found(bundled(name), text);
    }

    private static boolean accepts(Driver driver, String url) throws IOException {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            throw new IOException("the driver " + driver.getClass().getName() + " cannot read the location", e);
        }
    }

    private static Driver bundled(String name) throws IOException {
        try {
            return Class.forName(name).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot start the driver " + name, e);
        }
    }
}
