package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code LOAD DATA LOCAL} from a stream. The server makes warnings of what would be errors in other statements, and goes on without the
 * row or with another value, so any warning fails the load.
 */
final class DataLoad {

    private final Connection connection;
    private final TableName table;
    private final List<LoadColumn> columns;
    private final WriteMode mode;

    DataLoad(Connection connection, TableName table, List<LoadColumn> columns, WriteMode mode) {
        this.connection = connection;
        this.table = table;
        this.columns = columns;
        this.mode = mode;
    }

    /** {@return whether the driver takes a stream; that of MySQL reads files} */
    static boolean isPossible(Connection connection) throws SQLException {
        return connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
    }

    void load(LoadStream rows) throws SQLException {
        try (org.mariadb.jdbc.Statement statement = connection.createStatement()
                .unwrap(org.mariadb.jdbc.Statement.class)) {
            statement.setLocalInfileInputStream(rows);
            statement.execute(sql());
        }
        List<String> warnings = Queries.list(connection, "SHOW WARNINGS",
                row -> row.getString(1).equals("Note") ? "" : row.getString(3));
        List<String> serious = warnings.stream().filter(warning -> !warning.isEmpty()).toList();
        if (!serious.isEmpty()) {
            throw new SQLException(
                    serious.getFirst() + (serious.size() == 1 ? "" : " (and " + (serious.size() - 1) + " more)"));
        }
    }

    /** Beside computed columns, a zero in an AUTO_INCREMENT column stays only if it is computed as well. */
    private String sql() {
        boolean isAllPlain = columns.stream().allMatch(LoadColumn::isPlain);
        List<String> targets = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        for (LoadColumn column : columns) {
            if (column.isPlain() && (isAllPlain || !column.mayCount())) {
                targets.add(column.name());
            } else {
                String variable = "@c" + targets.size();
                targets.add(variable);
                assignments.add(column.name() + " = " + column.expression().formatted(variable));
            }
        }
        return "LOAD DATA LOCAL INFILE 'rows' " + (mode == WriteMode.UPSERT ? "REPLACE " : "") + "INTO TABLE "
                + Sql.name(table)
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(", ", targets) + ")"
                + (assignments.isEmpty() ? "" : " SET " + String.join(", ", assignments));
    }
}
