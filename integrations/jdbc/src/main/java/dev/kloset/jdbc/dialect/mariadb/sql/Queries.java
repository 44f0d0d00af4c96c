package dev.kloset.jdbc.dialect.mariadb.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short queries, whose results fit into memory. */
public final class Queries {

    private Queries() {}

    /** Makes a value of the row at which a result stands. */
    @FunctionalInterface
    public interface RowMapper<T> {

        T map(ResultSet row) throws SQLException;
    }

    /** {@return one value for each row} The parameters are texts. */
    public static <T> List<T> list(Connection connection, String sql, RowMapper<T> mapper, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<T> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(mapper.map(rows));
                }
            }
            return values;
        }
    }

    /** {@return the first column of the first row; empty without a row or if it is null} */
    public static Optional<String> text(Connection connection, String sql, String... parameters) throws SQLException {
        List<Optional<String>> rows = list(connection, sql, row -> Optional.ofNullable(row.getString(1)), parameters);
        return rows.isEmpty() ? Optional.empty() : rows.getFirst();
    }

    public static long number(Connection connection, String sql) throws SQLException {
        return list(connection, sql, row -> row.getLong(1)).getFirst();
    }

    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
