package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a table's rows are. The server's own estimate differs from backup to backup, and boundaries would move with it: the first
 * rows in the order of the key are measured instead, which seldom change.
 */
final class RowSize {

    private static final int MOST_ROWS = 1_024;
    private static final long SAMPLE_BYTES = 4 << 20;

    private RowSize() {}

    /** {@return roughly how many bytes a row has, at least 1} */
    static long of(Connection connection, Table table) throws SQLException {
        long estimate = Math.max(1, table.bytes() / Math.max(1, table.rows()));
        long sample = Long.highestOneBit(Math.clamp(SAMPLE_BYTES / estimate, 4, MOST_ROWS));
        List<String> lengths = new ArrayList<>();
        List<String> means = new ArrayList<>();
        for (Column column : table.stored()) {
            String length = "l" + lengths.size();
            lengths.add("IFNULL(LENGTH(" + Sql.name(column.name()) + "), 0) + 1 AS " + length);
            means.add("AVG(" + length + ")");
        }
        if (lengths.isEmpty()) {
            return 1;
        }
        String key = String.join(", ", table.key().stream().map(Sql::name).toList());
        double bytes = Queries
                .list(connection,
                        "SELECT " + String.join(", ", means) + " FROM (SELECT " + String.join(", ", lengths) + " FROM "
                                + Sql.name(table.name()) + " ORDER BY " + key + " LIMIT " + sample + ") AS sample",
                        row -> sum(row, means.size()))
                .getFirst();
        return Math.max(1, Math.round(bytes));
    }

    private static double sum(ResultSet row, int columns) throws SQLException {
        double sum = 0;
        for (int i = 1; i <= columns; i++) {
            sum += row.getDouble(i);
        }
        return sum;
    }

    /** {@return how many rows a part has: a power of two} */
    static long rowsIn(long bytes, Connection connection, Table table) throws SQLException {
        return Long.highestOneBit(Math.max(1, bytes / of(connection, table)));
    }
}
