package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.util.List;

/**
 * How a column is written.
 *
 * @param expression makes the column's value of the placeholder {@code %s}
 * @param isBytes whether the value is bytes, given as hexadecimal digits
 * @param mayCount whether the column may be an AUTO_INCREMENT
 */
record LoadColumn(String name, String expression, boolean isBytes, boolean mayCount) {

    static final String PLAIN = "%s";

    static LoadColumn of(Column column) {
        return new LoadColumn(Sql.name(column.name()), expression(column), ReadColumn.isBytes(column),
                !column.isNullable() && isNumber(column));
    }

    private static boolean isNumber(Column column) {
        return column.kind() == ColumnKind.INTEGER || column.kind() == ColumnKind.DECIMAL
                || column.kind() == ColumnKind.FLOAT;
    }

    static List<LoadColumn> all(List<Column> columns) {
        return columns.stream().map(LoadColumn::of).toList();
    }

    boolean isPlain() {
        return expression.equals(PLAIN);
    }

    private static String expression(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> "%1$s IN ('t', 'true', '1')";
            case INTEGER, DECIMAL -> column.type().startsWith("bit") ? "CAST(%1$s AS UNSIGNED)" : PLAIN;
            // Other databases write the distance from UTC behind the time.
            case TIMESTAMP_WITH_ZONE -> "REGEXP_REPLACE(%1$s, '([+-]00(:?00)?|Z)$', '')";
            // Of bytes, which the file has, a UUID would take sixteen as they are.
            case TEXT, JSON, UUID -> "CONVERT(%1$s USING utf8mb4)";
            case OTHER -> ReadColumn.isBytes(column) ? PLAIN : "CONVERT(%1$s USING utf8mb4)";
            case FLOAT, BYTES, DATE, TIME, TIMESTAMP -> PLAIN;
        };
    }
}
