package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of a whole number that begin at its multiples of a power of two. The power follows from the density of the rows, and only
 * when that doubles do all boundaries move. A range in which rows are much denser is divided further, by the same rule.
 */
final class IntegerParts {

    /** A range with this many times the rows of a part is divided. */
    private static final long TOO_DENSE = 8;
    private static final int BITS_OF_PLACE = 41;

    private final Connection connection;
    private final Table table;
    private final String key;
    private final long bytes;
    private final List<Part> parts = new ArrayList<>();
    private final PartNumbers numbers = new PartNumbers();

    IntegerParts(Connection connection, Table table, long bytes) {
        this.connection = connection;
        this.table = table;
        this.key = Sql.name(table.key().getFirst());
        this.bytes = bytes;
    }

    /** A range of keys that has rows. */
    private record Bucket(long from, long rows, long least, long most) {}

    List<Part> parts() throws SQLException {
        Bucket all = Sql.one(connection,
                "SELECT count(*), coalesce(min(%1$s), 0), coalesce(max(%1$s), 0) FROM ONLY %2$s"
                        .formatted(key, Sql.name(table.name())),
                row -> new Bucket(row.getLong(2), row.getLong(1), row.getLong(2), row.getLong(3)));
        if (all.rows() == 0) {
            return List.of(Part.whole());
        }
        long rowsOfPart = Math.max(1, BigInteger.valueOf(all.rows())
                .multiply(BigInteger.valueOf(bytes))
                .divide(BigInteger.valueOf(table.bytes()))
                .longValueExact());
        divide(all, Long.SIZE, rowsOfPart, "");
        return parts;
    }

    /** @param bound the power of the range that is divided, above that of its parts */
    private void divide(Bucket range, int bound, long rowsOfPart, String condition) throws SQLException {
        int power = Math.min(bound - 1, power(range, rowsOfPart));
        for (Bucket bucket : buckets(power, condition)) {
            if (power > 0 && bucket.rows() > TOO_DENSE * rowsOfPart) {
                divide(bucket, power, rowsOfPart,
                        " WHERE " + new Part(0, from(bucket.from()), to(bucket.from(), power), bucket.rows())
                                .condition());
            } else {
                parts.add(new Part(numbers.take(number(bucket.from(), power)), from(bucket.from()),
                        to(bucket.from(), power), bucket.rows()));
            }
        }
    }

    /** {@return the power of two that is at most the keys among which a part has its rows} */
    private static int power(Bucket range, long rowsOfPart) {
        BigInteger keys = BigInteger.valueOf(range.most())
                .subtract(BigInteger.valueOf(range.least()))
                .add(BigInteger.ONE);
        return Math.max(1, keys.multiply(BigInteger.valueOf(rowsOfPart))
                .divide(BigInteger.valueOf(range.rows()))
                .bitLength()) - 1;
    }

    private List<Bucket> buckets(int power, String condition) throws SQLException {
        return Sql.all(connection, """
                SELECT (%1$s::bigint >> %2$d) << %2$d AS start, count(*), min(%1$s), max(%1$s)
                FROM ONLY %3$s%4$s GROUP BY 1 ORDER BY 1""".formatted(key, power, Sql.name(table.name()), condition),
                row -> new Bucket(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    private String from(long from) {
        return key + " >= " + number(from);
    }

    /** {@return the end of a range; empty for one that ends with the numbers} */
    private String to(long from, int power) {
        BigInteger end = BigInteger.valueOf(from).add(BigInteger.ONE.shiftLeft(power));
        return end.bitLength() < Long.SIZE ? key + " < " + number(end.longValue()) : "";
    }

    private static String number(long value) {
        return value < 0 ? "'" + value + "'::bigint" : Long.toString(value);
    }

    /** {@return power and place of a range} The places of one power are most often so near each other that the upper bits may go. */
    private static long number(long from, int power) {
        return ((long) power << BITS_OF_PLACE) | ((from >> power) & ((1L << BITS_OF_PLACE) - 1));
    }
}
