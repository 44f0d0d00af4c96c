package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds tables with values that are too large to be held in memory as a whole, as COPY would have us do. Parts of such tables are
 * marked, and read another way. The sizes are in the table itself, so that finding them reads no value.
 */
final class WideValues {

    static final int WIDE = 1 << 20;

    /** A table whose values are elsewhere has fewer bytes there only if none is wide, however well they are compressed. */
    private static final int FEWEST = WIDE / 256;
    private static final String MARK = " /* wide */";

    private WideValues() {}

    static List<Part> mark(Connection connection, Table table, List<Part> parts) throws SQLException {
        return isWide(connection, table)
                ? parts.stream()
                        .map(part -> new Part(part.number(),
                                (part.condition().isEmpty() ? "true" : part.condition()) + MARK))
                        .toList()
                : parts;
    }

    static boolean isMarked(Part part) {
        return part.condition().endsWith(MARK);
    }

    private static boolean isWide(Connection connection, Table table) throws SQLException {
        String sizes = table.stored()
                .stream()
                .filter(WideValues::mayBeWide)
                .map(WideValues::size)
                .collect(Collectors.joining(", "));
        return !sizes.isEmpty()
                && Sql.one(connection,
                        """
                                SELECT coalesce(pg_catalog.pg_relation_size(nullif(reltoastrelid, 0)), 0)
                                FROM pg_catalog.pg_class WHERE oid = %s::pg_catalog.regclass"""
                                .formatted(Sql.text(Sql.name(table.name()))),
                        row -> row.getLong(1)) > FEWEST
                && Sql.one(connection,
                        "SELECT EXISTS (SELECT FROM ONLY " + Sql.name(table.name()) + " WHERE greatest(" + sizes
                                + ") > "
                                + WIDE + ")",
                        row -> row.getBoolean(1));
    }

    static boolean mayBeWide(Column column) {
        return switch (column.kind()) {
            case TEXT, BYTES, JSON, OTHER -> true;
            case BOOLEAN, INTEGER, DECIMAL, FLOAT, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID -> false;
        };
    }

    /** {@return SQL for a size, which for most types is that on disk, and so perhaps compressed} */
    static String size(Column column) {
        boolean isExact = column.kind() == ColumnKind.BYTES || column.kind() == ColumnKind.TEXT;
        return isExact
                ? "pg_catalog.octet_length(" + Sql.name(column.name()) + ")"
                : "pg_catalog.pg_column_size(" + Sql.name(column.name()) + ") * 4";
    }
}
