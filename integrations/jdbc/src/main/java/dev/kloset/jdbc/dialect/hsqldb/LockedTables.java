package dev.kloset.jdbc.dialect.hsqldb;

import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.portable.ConnectionsPoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A point of one connection that holds locks against writers. */
final class LockedTables {

    private LockedTables() {}

    static Point point(HsqldbDialect dialect, Connections connections, Predicate<TableName> wanted)
            throws SQLException, InterruptedException {
        Connection connection = connections.open();
        boolean done = false;
        try {
            List<Table> tables = dialect.tables(connection, wanted);
            connection.setAutoCommit(false);
            if (!tables.isEmpty()) {
                lock(connection, String.join(", ",
                        tables.stream().map(table -> dialect.quoted(table.name()) + " READ").toList()));
            }
            Point point = new ConnectionsPoint(List.of(connection), Map.of("method", "LOCK TABLE"), List.of());
            done = true;
            return point;
        } finally {
            if (!done) {
                ConnectionsPoint.close(connection);
            }
        }
    }

    private static void lock(Connection connection, String tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + tables);
        }
    }
}
