package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The primary keys, or the best unique keys: whole columns without nulls, as few as possible. */
final class TableKeys {

    private TableKeys() {}

    private record IndexColumn(TableName table, String index, String column, boolean isUsable) {}

    static Map<TableName, List<String>> read(Connection connection, String inDatabase) throws SQLException {
        Map<TableName, Map<String, List<IndexColumn>>> indexes = new HashMap<>();
        Queries.list(connection, """
                SELECT table_schema, table_name, index_name, column_name,
                  sub_part IS NULL AND nullable <> 'YES' AND (index_type = 'BTREE' OR index_name = 'PRIMARY')
                FROM information_schema.statistics WHERE non_unique = 0 AND\s""" + inDatabase
                + " ORDER BY table_schema, table_name, index_name = 'PRIMARY' DESC, index_name, seq_in_index",
                TableKeys::column)
                .forEach(column -> indexes.computeIfAbsent(column.table(), table -> new LinkedHashMap<>())
                        .computeIfAbsent(column.index(), index -> new ArrayList<>())
                        .add(column));
        Map<TableName, List<String>> keys = new HashMap<>();
        indexes.forEach((table, ofTable) -> keys.put(table, best(ofTable)));
        return keys;
    }

    private static IndexColumn column(ResultSet row) throws SQLException {
        String column = row.getString(4); // null for an expression, in MySQL
        return new IndexColumn(new TableName(row.getString(1), row.getString(2)), row.getString(3),
                column == null ? "" : column, column != null && row.getBoolean(5));
    }

    private static List<String> best(Map<String, List<IndexColumn>> indexes) {
        List<String> best = List.of();
        for (Map.Entry<String, List<IndexColumn>> index : indexes.entrySet()) {
            List<String> columns = index.getValue().stream().map(IndexColumn::column).toList();
            if (!index.getValue().stream().allMatch(IndexColumn::isUsable)) {
                continue;
            }
            if (index.getKey().equals("PRIMARY")) {
                return columns;
            }
            if (best.isEmpty() || columns.size() < best.size()) {
                best = columns;
            }
        }
        return best;
    }
}
