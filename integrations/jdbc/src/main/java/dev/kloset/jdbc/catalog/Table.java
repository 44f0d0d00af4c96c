package dev.kloset.jdbc.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A table whose rows are backed up.
 *
 * @param columns all, in their order in the table
 * @param key the columns of the primary key, or of the best unique key without nulls, in the order of that key; empty without one
 * @param bytes roughly how many bytes its rows have, for progress and parts
 * @param rows roughly how many rows it has
 */
public record Table(TableName name, List<Column> columns, List<String> key, long bytes, long rows) {

    public Table {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** {@return the columns that are read and restored, in their order} */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.isGenerated()).toList();
    }
}
