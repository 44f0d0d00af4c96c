package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorException;
import dev.kloset.DiagnosisStep;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Dialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One database, its dialect, and how to connect to it. For any number of threads. */
public final class Database implements Connections {

    private final JdbcUrl url;
    private final ConnectionSettings settings;
    private final Dialect dialect;
    private final Drivers.Found driver;
    private final Properties properties;

    private Database(JdbcUrl url, ConnectionSettings settings, Dialect dialect, Drivers.Found driver,
            Properties properties) {
        this.url = url;
        this.settings = settings;
        this.dialect = dialect;
        this.driver = driver;
        this.properties = properties;
    }

    /**
     * {@return the database of a URL} Finds its driver and connects to nothing.
     *
     * @param isSource whether it is backed up, and so must be there
     * @throws ConfigException if there is no driver, or a property is none
     */
    public static Database of(JdbcUrl url, ConnectionSettings settings, boolean isSource)
            throws IOException {
        Dialect dialect = Dialects.of(url.product());
        Map<String, String> defaults = new HashMap<>(dialect.driverProperties());
        if (isSource) {
            defaults.putAll(dialect.sourceProperties());
        }
        return new Database(url, settings, dialect, Drivers.find(url, settings.driverDir()), settings.with(defaults));
    }

    public Dialect dialect() {
        return dialect;
    }

    /** {@return host, port and database, for sentences, and as origin} */
    public String name() {
        return url.origin();
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = driver.driver().connect(driver.url(), (Properties) properties.clone());
        if (connection == null) {
            throw new SQLException("the driver " + driver.driver().getClass().getName() + " cannot read the location");
        }
        return connection;
    }

    @Override
    public Map<String, String> login() {
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        return all;
    }

    /** {@return a connection} What fails says to which database. */
    public Connection connect() throws IOException {
        try {
            return open();
        } catch (SQLException e) {
            throw new IOException("cannot connect to " + name() + " as " + settings.who(), e);
        }
    }

    /** Connect, and leave. */
    public void ping() throws IOException {
        close(connect());
    }

    /** {@return the steps of a doctor up to the login} */
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>();
        url.server().ifPresent(server -> {
            steps.add(DiagnosisStep.of("name", server::resolve));
            steps.add(DiagnosisStep.of("port", server::reach));
        });
        steps.add(DiagnosisStep.of("login", this::ping));
        steps.add(DiagnosisStep.of("server version", this::version));
        return steps;
    }

    private void version() throws IOException {
        try (Connection connection = connect()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            if (version == null || version.isEmpty()) {
                throw new ConnectorException(ErrorKind.UNSUPPORTED, name() + " does not say its version");
            }
        } catch (SQLException e) {
            throw new IOException("cannot ask " + name() + " for its version", e);
        }
    }

    /** Close a connection: what fails then does not matter any more. */
    public static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot close a connection", e);
        }
    }
}
