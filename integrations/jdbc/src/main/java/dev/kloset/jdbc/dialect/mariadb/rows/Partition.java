package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parts of a table. */
final class Partition {

    /** What can be compared with a constant in the order of an index, without loss. */
    private static final Set<ColumnKind> COMPARABLE = Set.of(ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.TEXT,
            ColumnKind.BYTES, ColumnKind.DATE, ColumnKind.TIME, ColumnKind.TIMESTAMP);

    private Partition() {}

    static List<Part> of(Connection connection, Table table, long bytes) throws SQLException {
        List<Column> leading = leading(table);
        if (leading.isEmpty()) {
            return List.of(Part.whole());
        }
        long rows = RowSize.rowsIn(bytes, connection, table);
        Column first = leading.getFirst();
        return table.key().size() == 1 && first.kind() == ColumnKind.INTEGER
                ? IntegerPartition.of(connection, table.name(), first.name(), rows)
                : HashedPartition.of(connection, table, leading, rows);
    }

    /** {@return the columns at the front of the key that boundaries can be made of} */
    private static List<Column> leading(Table table) {
        List<Column> leading = new ArrayList<>();
        for (String name : table.key()) {
            Column column = table.columns()
                    .stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            String type = column.type();
            if (!COMPARABLE.contains(column.kind()) || type.startsWith("enum") || type.startsWith("set(")
                    || type.startsWith("bit") || type.startsWith("inet")) {
                break;
            }
            leading.add(column);
        }
        return leading;
    }
}
