package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tables that a transaction has touched, so that the server lets no session change, empty or drop them until the transaction ends.
 * Writers go on. For one thread.
 */
final class HeldTables {

    private final Connection connection;
    private final PointSettings settings;
    private final Predicate<TableName> wanted;
    private final Set<TableName> held = new HashSet<>();

    HeldTables(Connection connection, PointSettings settings, Predicate<TableName> wanted) {
        this.connection = connection;
        this.settings = settings;
        this.wanted = wanted;
    }

    /** Hold the tables that there are by now, and that are not held yet. */
    List<ListedTable> hold() throws SQLException {
        List<ListedTable> tables = ListedTable.all(connection, wanted);
        for (ListedTable table : tables) {
            if (table.hasRows() && held.add(table.name())) {
                touch(table.name());
            }
        }
        return tables;
    }

    /** Lock the tables against writers, for the life of the connection. */
    List<ListedTable> lock() throws SQLException {
        List<ListedTable> tables = ListedTable.all(connection, wanted);
        String list = String.join(", ", tables.stream().map(table -> Sql.name(table.name()) + " READ").toList());
        if (!list.isEmpty()) {
            try {
                Queries.run(connection, "LOCK TABLES " + list);
            } catch (SQLException e) {
                throw refusal("the tables", e);
            }
        }
        return tables;
    }

    private void touch(TableName table) throws SQLException {
        try {
            Queries.run(connection, "SELECT 1 FROM " + Sql.name(table) + " LIMIT 1");
        } catch (SQLException e) {
            if (ServerError.NO_SUCH_TABLE.is(e)) {
                return; // dropped since it was listed
            }
            throw refusal(table.toString(), e);
        }
    }

    private RefusedException refusal(String what, SQLException e) {
        return ServerError.LOCK_TIMEOUT.is(e)
                ? Refusals.locked(connection, what, settings.lockTimeout(), e)
                : Refusals.unreadable(connection, what, e);
    }
}
