package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL that reads a part. For a driver that keeps each row in memory, a value above {@link #LARGE_BYTES} is read by itself, in
 * slices, and the row has only its size. The server reads the whole value for each slice.
 */
final class PartQuery {

    static final int LARGE_BYTES = 1 << 20;

    /** Bytes, or in texts characters, which are up to four bytes. */
    static final int SLICE = 1 << 20;

    private static final String ALL_FURTHER = "18446744073709551615";

    private final Table table;
    private final List<ReadColumn> columns;
    private final String source;

    PartQuery(Table table, Part part) {
        this.table = table;
        this.columns = ReadColumn.all(table.stored());
        this.source = " FROM " + Sql.name(table.name())
                + (part.condition().isEmpty() ? "" : " WHERE " + part.condition())
                + order();
    }

    List<ReadColumn> columns() {
        return columns;
    }

    boolean hasLarge() {
        return columns.stream().anyMatch(ReadColumn::isLarge);
    }

    /** {@return a query of all columns, for a driver that passes large values on in pieces} */
    String wholeRows() {
        return "SELECT " + String.join(", ", columns.stream().map(ReadColumn::streamed).toList()) + source;
    }

    /** {@return a query of all columns, and behind them the sizes of those that may be large} */
    String rows(long skipped) {
        List<String> selected = new ArrayList<>();
        for (ReadColumn column : columns) {
            String value = column.expression();
            selected.add(
                    column.isLarge() ? "IF(LENGTH(" + value + ") > " + LARGE_BYTES + ", NULL, " + value + ")" : value);
        }
        columns.stream()
                .filter(ReadColumn::isLarge)
                .forEach(column -> selected.add("LENGTH(" + column.expression() + ")"));
        String list = selected.isEmpty() ? "1" : String.join(", ", selected);
        return "SELECT " + list + source + (skipped == 0 ? "" : " LIMIT " + ALL_FURTHER + " OFFSET " + skipped);
    }

    /** {@return a query of a slice of one value} */
    String slice(ReadColumn column, long row, long offset) {
        return "SELECT SUBSTRING(" + column.expression() + ", " + (offset + 1) + ", " + SLICE + ")" + source
                + " LIMIT 1 OFFSET "
                + row;
    }

    /**
     * {@return the order of the key} Without a key it is that of all columns: first those whose values are short, then the others by
     * their digests, because the server compares only the beginnings of long values, and some texts as equal that differ.
     */
    private String order() {
        List<String> order = new ArrayList<>(table.key().stream().map(Sql::name).toList());
        if (order.isEmpty()) {
            List<String> digests = new ArrayList<>();
            for (Column column : table.stored()) {
                ReadColumn read = ReadColumn.of(column);
                if (read.isBytes() || column.kind() == ColumnKind.TEXT || column.kind() == ColumnKind.JSON
                        || column.kind() == ColumnKind.OTHER) {
                    digests.add("MD5(" + read.expression() + ")");
                } else {
                    order.add(Sql.name(column.name()));
                }
            }
            order.addAll(digests);
        }
        return order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order);
    }
}
