package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides a table into parts whose boundaries stay where they are when rows change: ranges of an integer key that are powers of four
 * wide, or keys whose hash is divisible by one. For one thread.
 */
final class PartRule {

    private static final int SAMPLE = 1000;
    private static final long MOST = 1 << 16;
    private static final int STEP = 4;

    private final PortableDialect dialect;
    private final Connection connection;
    private final Table table;
    private final List<Column> key;

    PartRule(PortableDialect dialect, Connection connection, Table table) {
        this.dialect = dialect;
        this.connection = connection;
        this.table = table;
        this.key = table.key()
                .stream()
                .map(name -> table.columns()
                        .stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    List<Part> parts(long bytes) throws SQLException {
        long rows = dialect.count(connection, table.name());
        if (rows == 0) {
            return List.of();
        }
        long rowsEach = Math.max(Math.max(bytes / bytesOfRow(), rows / MOST), 1);
        if (rows <= rowsEach || key.isEmpty()) {
            return List.of(Part.whole());
        }
        if (key.size() == 1 && key.getFirst().kind() == ColumnKind.INTEGER) {
            return ranges(rows, rowsEach);
        }
        Optional<String> hash = dialect.hash(key);
        return hash.isEmpty() ? List.of(Part.whole()) : cuts(hash.get(), rowsEach);
    }

    /** {@return the mean length of the first rows: they change least} */
    private long bytesOfRow() throws SQLException {
        long bytes = 0;
        long rows = 0;
        try (InputStream in = dialect.read(connection, table, Part.whole(), SAMPLE)) {
            byte[] piece = new byte[16 << 10];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                bytes += count;
                for (int i = 0; i < count; i++) {
                    rows += piece[i] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new SQLException("cannot read the first rows of " + table.name() + ": " + e.getMessage(), e);
        }
        return Math.max(1, bytes / Math.max(1, rows));
    }

    private List<Part> ranges(long rows, long rowsEach) throws SQLException {
        String column = dialect.quoted(key.getFirst().name());
        try (Statement statement = connection.createStatement()) {
            BigDecimal span;
            try (ResultSet ends = statement.executeQuery(
                    "SELECT MIN(" + column + "), MAX(" + column + ") FROM " + dialect.quoted(table.name()))) {
                ends.next();
                BigDecimal first = ends.getBigDecimal(1);
                BigDecimal last = ends.getBigDecimal(2);
                if (first == null || last == null) {
                    return List.of(Part.whole());
                }
                span = last.subtract(first).add(BigDecimal.ONE);
            }
            double width = span.doubleValue() / rows * rowsEach;
            return ranges(statement, column, widthAtMost(width));
        }
    }

    private static long widthAtMost(double width) {
        long power = 1;
        while (power <= width / STEP && power < 1L << 60) {
            power *= STEP;
        }
        return power;
    }

    private List<Part> ranges(Statement statement, String column, long width) throws SQLException {
        List<Part> parts = new ArrayList<>();
        String start = "%1$s - MOD(MOD(%1$s, %2$d) + %2$d, %2$d)".formatted(column, width);
        try (ResultSet starts = statement.executeQuery(
                "SELECT S, COUNT(*) FROM (SELECT " + start + " AS S FROM " + dialect.quoted(table.name())
                        + ") STARTS GROUP BY S ORDER BY S")) {
            while (starts.next()) {
                long first = starts.getLong(1);
                parts.add(new Part(Math.floorDiv(first, width), column + " >= " + first,
                        column + " <= " + (first + width - 1), starts.getLong(2)));
            }
        }
        return parts;
    }

    private List<Part> cuts(String hash, long rowsEach) throws SQLException {
        List<String> columns = key.stream().map(column -> dialect.quoted(column.name())).toList();
        long divisor = widthAtMost((double) rowsEach);
        List<List<String>> cuts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM "
                        + dialect.quoted(table.name()) + " WHERE MOD(" + hash + ", " + divisor + ") = 0 ORDER BY "
                        + String.join(", ", columns))) {
            while (rows.next()) {
                List<String> literals = new ArrayList<>();
                for (int i = 0; i < key.size(); i++) {
                    literals.add(dialect.literal(key.get(i), rows.getString(i + 1)));
                }
                cuts.add(literals);
            }
        }
        return between(new KeyConditions(columns), cuts);
    }

    private static List<Part> between(KeyConditions conditions, List<List<String>> cuts) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            String from = i == 0 ? "" : conditions.from(cuts.get(i - 1));
            String to = i == cuts.size() ? "" : conditions.before(cuts.get(i));
            parts.add(new Part(i, from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to));
        }
        return parts;
    }
}
