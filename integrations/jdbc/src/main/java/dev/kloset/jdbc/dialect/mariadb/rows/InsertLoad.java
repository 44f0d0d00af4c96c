package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Inserts in batches. */
final class InsertLoad {

    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_BYTES = 1 << 20;

    private final Connection connection;
    private final TableName table;
    private final List<LoadColumn> columns;
    private final WriteMode mode;

    InsertLoad(Connection connection, TableName table, List<LoadColumn> columns, WriteMode mode) {
        this.connection = connection;
        this.table = table;
        this.columns = columns;
        this.mode = mode;
    }

    void load(LoadStream rows) throws SQLException, IOException {
        LoadedValues values = new LoadedValues(rows, columns.size());
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            int batched = 0;
            long bytes = 0;
            while (values.next()) {
                bytes += bind(statement, values);
                statement.addBatch();
                if (++batched == BATCH_ROWS || bytes > BATCH_BYTES) {
                    statement.executeBatch();
                    batched = 0;
                    bytes = 0;
                }
            }
            if (batched > 0) {
                statement.executeBatch();
            }
        }
    }

    private long bind(PreparedStatement statement, LoadedValues values) throws SQLException {
        long bytes = 0;
        for (int i = 0; i < columns.size(); i++) {
            byte[] value = values.get(i);
            if (value == null || columns.get(i).isBytes()) {
                statement.setBytes(i + 1, value);
            } else {
                statement.setString(i + 1, new String(value, StandardCharsets.UTF_8));
            }
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    private String sql() {
        String names = String.join(", ", columns.stream().map(LoadColumn::name).toList());
        String values = String.join(", ", columns.stream().map(column -> column.expression().formatted("?")).toList());
        return (mode == WriteMode.UPSERT ? "REPLACE" : "INSERT") + " INTO " + Sql.name(table) + " (" + names
                + ") VALUES (" + values
                + ")";
    }
}
