package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a table with any key: a part begins at each key whose hash, modulo a power of two, is 0. A row that comes or goes moves the
 * boundary beside it, and no other. One scan of the key finds all boundaries.
 */
final class HashedPartition {

    private static final int MOST_PARTS = 1 << 18;

    private final List<Column> columns;
    private final List<String> names;

    private HashedPartition(List<Column> columns) {
        this.columns = columns;
        this.names = columns.stream().map(column -> Sql.name(column.name())).toList();
    }

    static List<Part> of(Connection connection, Table table, List<Column> columns, long rows) throws SQLException {
        HashedPartition partition = new HashedPartition(columns);
        long modulus = Long.highestOneBit(Math.max(rows, table.rows() / MOST_PARTS * 2));
        return partition.between(partition.boundaries(connection, table, modulus));
    }

    /** {@return the keys at which parts begin, in order, as SQL} */
    private List<List<String>> boundaries(Connection connection, Table table, long modulus) throws SQLException {
        String list = String.join(", ", names);
        List<String> expressions = columns.stream()
                .map(column -> column.kind() == ColumnKind.BYTES || column.kind() == ColumnKind.TEXT
                        ? Sql.name(column.name())
                        : "CAST(" + Sql.name(column.name()) + " AS CHAR)")
                .toList();
        return Queries.list(connection, "SELECT " + String.join(", ", expressions) + " FROM " + Sql.name(table.name())
                + " WHERE CRC32(CONCAT_WS(',', " + list + ")) % " + modulus + " = 0 GROUP BY " + list + " ORDER BY "
                + list, this::literals);
    }

    private List<String> literals(ResultSet row) throws SQLException {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            literals.add(switch (columns.get(i).kind()) {
                case INTEGER, DECIMAL -> row.getString(i + 1);
                case BYTES -> Sql.bytes(row.getBytes(i + 1));
                case TEXT -> Sql.text(row.getString(i + 1));
                default -> "'" + row.getString(i + 1) + "'";
            });
        }
        return literals;
    }

    private List<Part> between(List<List<String>> boundaries) {
        if (boundaries.isEmpty()) {
            return List.of(Part.whole());
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(0, before(boundaries.getFirst())));
        for (int i = 0; i < boundaries.size(); i++) {
            String from = from(boundaries.get(i));
            parts.add(new Part(i + 1,
                    i + 1 == boundaries.size() ? from : from + " AND " + before(boundaries.get(i + 1))));
        }
        return parts;
    }

    private String from(List<String> key) {
        return compared(key, " > ", " >= ");
    }

    private String before(List<String> key) {
        return compared(key, " < ", " < ");
    }

    /** {@return a comparison of the key, spelled out because the server uses no index for a comparison of rows} */
    private String compared(List<String> key, String outer, String last) {
        int end = names.size() - 1;
        String condition = names.get(end) + last + key.get(end);
        for (int i = end - 1; i >= 0; i--) {
            condition = names.get(i) + outer + key.get(i) + " OR " + names.get(i) + " = " + key.get(i) + " AND ("
                    + condition + ")";
        }
        return "(" + condition + ")";
    }
}
