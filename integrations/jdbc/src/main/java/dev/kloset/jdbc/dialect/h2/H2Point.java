package dev.kloset.jdbc.dialect.h2;

import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.portable.ConnectionsPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A moment of H2: one connection reads in a transaction with a snapshot. A second one holds the tables, because a snapshot does not
 * protect from {@code TRUNCATE} and {@code DROP}; it holds them as a writer does, who stops no other writer. A third one reads the
 * catalogue, since H2's {@code SCRIPT} ends the transaction in which it runs.
 */
final class H2Point implements Point {

    /** H2's own level: what the transaction reads is what was there at its first statement. */
    private static final int SNAPSHOT = 6;

    private final List<Connection> opened = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final H2Dialect dialect;
    private Map<String, String> facts = Map.of();

    private H2Point(H2Dialect dialect) {
        this.dialect = dialect;
    }

    static Point open(H2Dialect dialect, Connections connections, PointSettings settings, Predicate<TableName> wanted)
            throws SQLException, InterruptedException {
        H2Point point = new H2Point(dialect);
        boolean done = false;
        try {
            for (int i = 0; i < 3; i++) {
                point.opened.add(connections.open());
            }
            point.facts = H2Dialect.factsOf(point.leader());
            point.hold(dialect.tables(point.leader(), wanted), settings.lockTimeout().toMillis());
            point.begin();
            done = true;
            return point;
        } finally {
            if (!done) {
                point.close();
            }
        }
    }

    private void hold(List<Table> tables, long timeoutMillis) throws SQLException {
        Connection holder = opened.get(1);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT " + timeoutMillis);
            for (Table table : tables) {
                if (hasTriggers(table.name())) {
                    warnings.add(table.name()
                            + " has triggers, which a lock would start: nothing protects it from TRUNCATE, "
                            + "DROP and ALTER during the backup");
                } else {
                    statement.executeUpdate("DELETE FROM " + dialect.quoted(table.name()) + " WHERE 1 = 0");
                }
            }
        }
    }

    private boolean hasTriggers(TableName table) throws SQLException {
        try (PreparedStatement query = leader().prepareStatement("SELECT 1 FROM INFORMATION_SCHEMA.TRIGGERS "
                + "WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ?")) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void begin() throws SQLException {
        Connection reader = opened.get(2);
        reader.setTransactionIsolation(SNAPSHOT);
        reader.setAutoCommit(false);
        try (Statement statement = reader.createStatement()) {
            statement.execute("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA");
        }
    }

    @Override
    public List<Connection> readers() {
        return List.of(opened.get(2));
    }

    @Override
    public Connection leader() {
        return opened.getFirst();
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void check() throws SQLException {
        try (Statement statement = opened.get(1).createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    @Override
    public void close() {
        opened.forEach(ConnectionsPoint::close);
    }
}
