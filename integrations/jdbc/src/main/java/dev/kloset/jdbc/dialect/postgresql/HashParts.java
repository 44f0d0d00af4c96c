package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ranges of any key. A part begins at each row for whose key a hash is divisible by a power of two: so a boundary comes and goes with
 * its row, and the others stay. Ranges are in the order of the index, which finds their rows; the hash is one that no version of the
 * server changes.
 */
final class HashParts {

    /** Numbers from eight times as many as there are parts: so they are dense enough to share directories. */
    private static final int FREE_BITS = 3;

    private final Connection connection;
    private final Table table;
    private final long bytes;
    private final PartNumbers numbers = new PartNumbers();

    HashParts(Connection connection, Table table, long bytes) {
        this.connection = connection;
        this.table = table;
        this.bytes = bytes;
    }

    /** The key at which a part begins, as SQL, its hash, and how many rows come before it. */
    private record Boundary(String key, long hash, long place) {}

    List<Part> parts() throws SQLException {
        String from = " FROM ONLY " + Sql.name(table.name());
        long rows = Sql.one(connection, "SELECT count(*)" + from, row -> row.getLong(1));
        long modulus = Math.max(1, BigInteger.valueOf(rows)
                .multiply(BigInteger.valueOf(bytes))
                .divide(BigInteger.valueOf(table.bytes()))
                .longValueExact());
        return between(boundaries(from, Long.highestOneBit(modulus)), rows);
    }

    private List<Boundary> boundaries(String from, long modulus) throws SQLException {
        List<String> key = table.key();
        String columns = each(i -> "k" + i);
        String named = each(i -> Sql.name(key.get(i)) + " AS k" + i);
        String literals = Sql.text(each(_ -> "%L::%s"));
        String values = each(i -> "k" + i + ", " + Sql.text(type(key.get(i))));
        return Sql.all(connection,
                """
                        SELECT pg_catalog.format(%1$s, %2$s), hash, place FROM (
                            SELECT %7$s, hash, pg_catalog.row_number() OVER (ORDER BY %7$s) - 1 AS place FROM (
                                SELECT %3$s, ('x' || pg_catalog.left(pg_catalog.encode(
                                    pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.concat_ws(E'\\x1f', %4$s),
                                    pg_catalog.getdatabaseencoding()::name)), 'hex'), 16))::bit(64)::bigint AS hash%5$s) AS keys)
                            AS places
                        WHERE hash & %6$d = 0 ORDER BY place"""
                        .formatted(literals, values, named, Sql.names(key), from,
                                modulus - 1, columns),
                row -> new Boundary(row.getString(1), row.getLong(2), row.getLong(3)));
    }

    private String each(IntFunction<String> column) {
        return IntStream.range(0, table.key().size()).mapToObj(column).collect(Collectors.joining(", "));
    }

    private String type(String name) {
        return table.columns().stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow().type();
    }

    private List<Part> between(List<Boundary> boundaries, long rows) {
        if (boundaries.isEmpty()) {
            return List.of(new Part(numbers.take(0), "", "", rows));
        }
        List<Part> parts = new ArrayList<>();
        int bits = Math.min(PartNumbers.BITS,
                Math.max(8, Integer.SIZE - Integer.numberOfLeadingZeros(boundaries.size()) + FREE_BITS));
        Boundary first = boundaries.getFirst();
        parts.add(new Part(numbers.take(0), "", condition("<", first), first.place()));
        for (int i = 0; i < boundaries.size(); i++) {
            Boundary here = boundaries.get(i);
            boolean isLast = i + 1 == boundaries.size();
            parts.add(new Part(numbers.take(here.hash() >>> (Long.SIZE - bits)), condition(">=", here),
                    isLast ? "" : condition("<", boundaries.get(i + 1)),
                    (isLast ? rows : boundaries.get(i + 1).place()) - here.place()));
        }
        return parts;
    }

    private String condition(String operator, Boundary boundary) {
        return "(" + Sql.names(table.key()) + ") " + operator + " (" + boundary.key() + ")";
    }
}
