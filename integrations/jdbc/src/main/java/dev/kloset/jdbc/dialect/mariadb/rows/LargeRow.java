package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row whose large values come in slices. For one thread. */
final class LargeRow {

    private final Connection connection;
    private final PartQuery query;
    private final long number;
    private final List<byte @Nullable []> values;
    private int column;
    private long offset;

    /** @param values of the columns; null where the value is large or null */
    LargeRow(Connection connection, PartQuery query, long number, List<byte @Nullable []> values) {
        this.connection = connection;
        this.query = query;
        this.number = number;
        this.values = values;
    }

    /** Append a value or a slice. {@return false when the row is complete} */
    boolean next(LineBuffer lines) throws SQLException {
        ReadColumn reading = query.columns().get(column);
        byte[] value = values.get(column);
        if (value != null || !reading.isLarge()) {
            if (column > 0) {
                lines.raw('\t');
            }
            PartReader.append(value, reading, lines);
            return nextColumn(lines);
        }
        return slice(reading, lines);
    }

    private boolean slice(ReadColumn reading, LineBuffer lines) throws SQLException {
        byte[] slice = Queries
                .list(connection, query.slice(reading, number, offset), row -> Optional.ofNullable(row.getBytes(1)))
                .getFirst()
                .orElse(null);
        if (offset == 0) {
            if (column > 0) {
                lines.raw('\t');
            }
            if (slice == null) {
                lines.nothing();
                return nextColumn(lines);
            }
            if (reading.isBytes()) {
                lines.hexPrefix();
            }
        }
        if (slice == null || slice.length == 0) {
            return nextColumn(lines);
        }
        offset += PartQuery.SLICE;
        if (reading.isBytes()) {
            lines.hex(slice);
        } else {
            lines.text(slice);
        }
        return true;
    }

    private boolean nextColumn(LineBuffer lines) {
        column++;
        offset = 0;
        if (column < values.size()) {
            return true;
        }
        lines.raw('\n');
        return false;
    }
}
