package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.jdbc.catalog.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Names and texts in SQL, and short ways to ask. */
public final class Sql {

    private Sql() {}

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    public static String name(TableName table) {
        return name(table.schema()) + "." + name(table.name());
    }

    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    public static String text(String value) {
        String quoted = "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the value of the first row} The query must give one. */
    public static <T> T one(Connection connection, String sql, Row<T> row) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return row.read(rows);
        }
    }

    /** {@return the values of all rows} In a transaction the driver fetches 1,000 at a time. */
    public static <T> List<T> all(Connection connection, String sql, Row<T> row) throws SQLException {
        List<T> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(row.read(rows));
                }
            }
        }
        return values;
    }
}
