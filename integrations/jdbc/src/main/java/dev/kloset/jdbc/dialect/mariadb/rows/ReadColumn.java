package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a column is read.
 *
 * @param expression its value in SQL: bytes, or a text that is exact
 * @param streamed the same in a type that the driver hands over in pieces
 * @param isBytes whether the value is bytes, which become hexadecimal digits
 * @param isLarge whether the type allows values that do not fit into memory
 */
record ReadColumn(String expression, String streamed, boolean isBytes, boolean isLarge) {

    private static final Pattern LARGE = Pattern.compile("(medium|long)(blob|text).*|json|" + geometries());
    private static final Pattern GEOMETRY = Pattern.compile(geometries());

    private static String geometries() {
        return "geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection";
    }

    static ReadColumn of(Column column) {
        String name = Sql.name(column.name());
        boolean isBytes = isBytes(column);
        String expression = isBytes ? name : text(column, name);
        String streamed = isGeometry(column) ? "CAST(" + name + " AS BINARY)" : expression;
        return new ReadColumn(expression, streamed, isBytes, LARGE.matcher(column.type()).matches());
    }

    static List<ReadColumn> all(List<Column> columns) {
        return columns.stream().map(ReadColumn::of).toList();
    }

    /** {@return whether values are bytes here; geometries are, in the form that the server keeps: an SRID and a WKB} */
    static boolean isBytes(Column column) {
        return column.kind() == ColumnKind.BYTES || isGeometry(column) || column.type().startsWith("vector");
    }

    private static boolean isGeometry(Column column) {
        return column.kind() == ColumnKind.OTHER && GEOMETRY.matcher(column.type()).matches();
    }

    private static String text(Column column, String name) {
        String type = column.type();
        if (column.kind() == ColumnKind.FLOAT) {
            return "CAST(CAST(" + name + " AS DOUBLE) AS CHAR)"; // a float by itself shows six digits
        }
        if (type.startsWith("bit")) {
            return "CAST(CAST(" + name + " AS UNSIGNED) AS CHAR)";
        }
        boolean isText = type.equals("longtext") || (column.kind() == ColumnKind.TEXT && !type.startsWith("inet"));
        return isText ? name : "CAST(" + name + " AS CHAR)";
    }
}
