package dev.kloset.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.h2.tools.Server;

/** Databases of H2 in a directory, behind a server on a free port, as several processes use them. */
final class H2Database implements AutoCloseable {

    static final String USER = "keeper";
    static final String PASSWORD = "s3cr3t-W0rd";

    private final Server server;
    private final Path directory;

    private H2Database(Server server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    static H2Database in(Path directory) throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString(), "-ifNotExists");
        server.start();
        return new H2Database(server, directory);
    }

    int port() {
        return server.getPort();
    }

    Path directory() {
        return directory;
    }

    /** {@return the location of a database} */
    String location(String name) {
        return "jdbc:h2:tcp://127.0.0.1:" + port() + "/./" + name;
    }

    Map<String, String> settings(String name, String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("location", location(name), "username", USER, "password", PASSWORD));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** {@return a connection, which makes the database if it is absent} */
    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(location(name), USER, PASSWORD);
    }

    void run(String name, String... statements) throws SQLException {
        try (Connection connection = connect(name); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String value(String name, String query) throws SQLException {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /** {@return for each table the hash of its rows, whatever their order} */
    Map<String, String> checksums(String name) throws SQLException {
        Map<String, String> sums = new TreeMap<>();
        for (String table : tables(name)) {
            sums.put(table, value(name, "SELECT COUNT(*) || ' ' || COALESCE(SUM(CAST(ORA_HASH(T) AS NUMERIC)), 0) FROM "
                    + "(SELECT CAST(ROW(" + columns(name, table) + ") AS VARCHAR) T FROM " + table + ")"));
        }
        return sums;
    }

    private List<String> tables(String name) throws SQLException {
        return list(name,
                "SELECT '\"' || REPLACE(TABLE_SCHEMA, '\"', '\"\"') || '\".\"' || REPLACE(TABLE_NAME, '\"', '\"\"') || '\"' "
                        + "FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA'");
    }

    private String columns(String name, String table) throws SQLException {
        return String.join(", ",
                list(name, "SELECT '\"' || REPLACE(COLUMN_NAME, '\"', '\"\"') || '\"' FROM INFORMATION_SCHEMA.COLUMNS "
                        + "WHERE '\"' || REPLACE(TABLE_SCHEMA, '\"', '\"\"') || '\".\"' || REPLACE(TABLE_NAME, '\"', '\"\"') || '\"' = '"
                        + table.replace("'", "''") + "' ORDER BY ORDINAL_POSITION"));
    }

    private List<String> list(String name, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() {
        server.stop();
    }
}
