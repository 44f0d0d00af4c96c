package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Parts of a table whose key is one whole number: ranges whose width is a power of two, aligned to it. Where the numbers lie close to
 * each other the ranges are narrower, and ranges without rows are left out.
 */
final class IntegerPartition {

    private static final int MOST_PARTS = 1 << 18;

    /** A range with more rows than this many times the aim is divided. */
    private static final int CROWDED = 2;

    /** Into how many ranges a crowded one is divided at most, as a power of two. */
    private static final int DIVISION = 10;

    private final Connection connection;
    private final String table;
    private final String key;
    private final long rows;
    private final AlignedRanges ranges = new AlignedRanges();

    private IntegerPartition(Connection connection, TableName table, String key, long rows) {
        this.connection = connection;
        this.table = Sql.name(table);
        this.key = Sql.name(key);
        this.rows = rows;
    }

    private record Extent(long count, long least, long greatest) {}

    private record Range(long start, int shift, long count) {}

    static List<Part> of(Connection connection, TableName table, String key, long rows) throws SQLException {
        IntegerPartition partition = new IntegerPartition(connection, table, key, rows);
        Extent extent = Queries.list(connection,
                "SELECT COUNT(*), MIN(" + partition.key + "), MAX(" + partition.key + ") FROM " + partition.table,
                row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3))).getFirst();
        long aim = Long.highestOneBit(Math.max(rows, extent.count() / MOST_PARTS * 2));
        return new IntegerPartition(connection, table, key, aim).parts(extent);
    }

    private List<Part> parts(Extent extent) throws SQLException {
        if (extent.count() <= CROWDED * rows) {
            return List.of(Part.whole());
        }
        int shift = firstShift(extent);
        Deque<Range> waiting = new ArrayDeque<>(counted("", shift));
        while (!waiting.isEmpty()) {
            Range range = waiting.pop();
            if (range.count() <= CROWDED * rows || range.shift() == 0) {
                ranges.add(range.start(), range.shift(), range.count());
            } else {
                divide(range, waiting);
            }
        }
        return ranges.parts(key);
    }

    /** {@return the exponent of the width with which the density, were it even, would give the rows that a part should have} */
    private int firstShift(Extent extent) {
        double span = (double) extent.greatest() - extent.least() + 1;
        double width = Math.max(1, span / extent.count() * rows);
        return Math.clamp((int) Math.floor(Math.log(width) / Math.log(2) + 1e-9), 0, 62);
    }

    private void divide(Range range, Deque<Range> waiting) throws SQLException {
        int needed = 64 - Long.numberOfLeadingZeros(range.count() / rows);
        int shift = Math.max(0, range.shift() - Math.clamp(needed, 1, DIVISION));
        counted(" WHERE " + AlignedRanges.condition(key, range.start(), range.shift()), shift).reversed()
                .forEach(waiting::push);
    }

    /** {@return the ranges that have rows, in order} The server shifts numbers without a sign, so theirs is turned before. */
    private List<Range> counted(String where, int shift) throws SQLException {
        return Queries.list(connection,
                "SELECT (" + key + " ^ 9223372036854775808) >> " + shift + " AS number, COUNT(*) FROM "
                        + table + where + " GROUP BY number ORDER BY number",
                row -> new Range((Long.parseUnsignedLong(row.getString(1)) << shift) ^ Long.MIN_VALUE, shift,
                        row.getLong(2)));
    }
}
