package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import dev.kloset.jdbc.dialect.mariadb.sql.Sessions;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The tables with their columns and keys, in a query for each kind of fact rather than for each table. */
final class Catalogue {

    private static final Logger LOG = System.getLogger(Catalogue.class.getName());

    private static final String IN_DATABASE = """
            (table_schema = DATABASE() OR DATABASE() IS NULL
              AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema'))""";

    private final Connection connection;
    private final Map<TableName, List<Column>> columns = new HashMap<>();

    private Catalogue(Connection connection) {
        this.connection = connection;
    }

    static List<Table> tables(Connection connection, Predicate<TableName> wanted) throws SQLException {
        List<ListedTable> listed = ListedTable.all(connection, wanted);
        Catalogue catalogue = new Catalogue(connection);
        catalogue.readColumns();
        Map<TableName, List<String>> keys = TableKeys.read(connection, IN_DATABASE);
        List<Table> tables = new ArrayList<>();
        for (ListedTable table : listed) {
            if (table.hasRows() && catalogue.isInSnapshot(table.name())) {
                if (keys.getOrDefault(table.name(), List.of()).isEmpty()) {
                    LOG.log(Level.WARNING,
                            table.name() + " has no key: all of its rows are one file, sorted by all columns");
                }
                tables.add(new Table(table.name(), catalogue.columns.getOrDefault(table.name(), List.of()),
                        keys.getOrDefault(table.name(), List.of()), table.bytes(), table.rows()));
            }
        }
        return tables;
    }

    /** {@return false for a table that was made after the moment that the connection shows} A point holds all others as they are. */
    private boolean isInSnapshot(TableName table) throws SQLException {
        try {
            Queries.run(connection, "SELECT 1 FROM " + Sql.name(table) + " LIMIT 1");
            return true;
        } catch (SQLException e) {
            if (ServerError.CHANGED_SINCE.is(e) || ServerError.NO_SUCH_TABLE.is(e)) {
                return false;
            }
            throw Refusals.unreadable(connection, table.toString(), e);
        }
    }

    private void readColumns() throws SQLException {
        Set<String> json = jsonColumns();
        Queries.list(connection,
                """
                        SELECT table_schema, table_name, column_name, data_type, column_type, is_nullable,
                          extra LIKE '%VIRTUAL GENERATED%' OR extra LIKE '%STORED GENERATED%'
                            OR extra LIKE '%PERSISTENT%' OR IFNULL(generation_expression, '') <> ''
                        FROM information_schema.columns WHERE\s""" + IN_DATABASE
                        + " ORDER BY table_schema, table_name, ordinal_position",
                row -> {
                    TableName table = new TableName(row.getString(1), row.getString(2));
                    String name = row.getString(3);
                    String type = row.getString(5);
                    return columns.computeIfAbsent(table, key -> new ArrayList<>())
                            .add(new Column(name, type,
                                    ColumnKinds.of(row.getString(4), type, json.contains(jsonKey(table, name))),
                                    row.getString(6).equals("YES"), row.getBoolean(7)));
                });
    }

    /** {@return the columns that MariaDB declares as JSON: long texts with a check} */
    private Set<String> jsonColumns() throws SQLException {
        if (!Sessions.isMariaDb(connection)) {
            return Set.of();
        }
        return Set.copyOf(Queries.list(connection, """
                SELECT constraint_schema, table_name, check_clause FROM information_schema.check_constraints
                WHERE check_clause LIKE 'json\\_valid(`%`)'""",
                row -> jsonKey(new TableName(row.getString(1), row.getString(2)), column(row.getString(3)))));
    }

    private static String column(String check) {
        return check.substring("json_valid(`".length(), check.length() - "`)".length()).replace("``", "`");
    }

    private static String jsonKey(TableName table, String column) {
        return Sql.name(table) + '.' + Sql.name(column);
    }
}
