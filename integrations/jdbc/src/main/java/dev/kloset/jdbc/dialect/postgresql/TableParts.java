package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a table into parts: by ranges of a whole number, at rows that a hash of the key picks, or by blocks of the heap. */
final class TableParts {

    /** More would fill the memory with conditions, and the disk of the host with names. */
    private static final long MOST = 1 << 16;
    private static final int FIRST_WITH_RANGES_OF_BLOCKS = 14;

    private final Connection connection;
    private final Table table;
    private final long bytes;

    TableParts(Connection connection, Table table, long bytes) {
        this.connection = connection;
        this.table = table;
        this.bytes = Math.max(Math.max(bytes, 1), table.bytes() / MOST);
    }

    List<Part> parts() throws SQLException {
        return WideValues.mark(connection, table, cut());
    }

    private List<Part> cut() throws SQLException {
        if (table.bytes() <= bytes) {
            return List.of(Part.whole());
        }
        if (table.key().isEmpty()) {
            return heap();
        }
        if (table.key().size() == 1 && kindOfKey() == ColumnKind.INTEGER) {
            return new IntegerParts(connection, table, bytes).parts();
        }
        return isOrdered() ? new HashParts(connection, table, bytes).parts() : List.of(Part.whole());
    }

    /** Types of other schemas may have operators of their own, which the settings of the session hide. */
    private boolean isOrdered() {
        return table.columns()
                .stream()
                .filter(column -> table.key().contains(column.name()))
                .noneMatch(column -> column.type().contains("."));
    }

    private ColumnKind kindOfKey() {
        return table.columns()
                .stream()
                .filter(column -> column.name().equals(table.key().getFirst()))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    /** A row that does not change stays in its block; so a change touches the block that it leaves and the one it goes to. */
    private List<Part> heap() throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < FIRST_WITH_RANGES_OF_BLOCKS) {
            return List.of(Part.whole());
        }
        long block = Sql.one(connection, "SELECT current_setting('block_size')::bigint", row -> row.getLong(1));
        long all = Sql.one(connection, "SELECT pg_catalog.pg_relation_size(" + regclass() + ")", row -> row.getLong(1))
                / block;
        long blocks = Long.highestOneBit(Math.max(1, bytes / block));
        List<Part> parts = new ArrayList<>();
        for (long from = 0; from < all; from += blocks) {
            String end = from + blocks < all ? " AND ctid < '(" + (from + blocks) + ",0)'::tid" : "";
            parts.add(new Part(from / blocks, "ctid >= '(" + from + ",0)'::tid" + end));
        }
        return parts.isEmpty() ? List.of(Part.whole()) : parts;
    }

    private String regclass() {
        return Sql.text(Sql.name(table.name())) + "::pg_catalog.regclass";
    }
}
