package dev.kloset.jdbc.dialect.mariadb.rows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part row by row. At a row with a large value, which some drivers would keep as a whole, the query is ended, because a
 * connection has one at a time; the row is read in slices, and a new query goes on behind it. For one thread.
 */
final class PartReader implements PartRows {

    private final Connection connection;
    private final PartQuery query;
    private long rows;
    private @Nullable Statement statement;
    private @Nullable ResultSet result;
    private @Nullable LargeRow large;
    private boolean isAtEnd;

    PartReader(Connection connection, PartQuery query) {
        this.connection = connection;
        this.query = query;
    }

    @Override
    public boolean next(LineBuffer lines) throws SQLException {
        if (large != null) {
            if (!large.next(lines)) {
                large = null;
                rows++;
            }
            return true;
        }
        ResultSet row = result == null ? open() : result;
        if (!row.next()) {
            isAtEnd = true;
            close();
            return false;
        }
        List<byte @Nullable []> values = values(row);
        if (large(row)) {
            end();
            large = new LargeRow(connection, query, rows, values);
        } else {
            append(values, lines);
            rows++;
        }
        return true;
    }

    ResultSet open() throws SQLException {
        Statement opened = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement = opened;
        opened.setFetchSize(FetchSize.of(connection, query.hasLarge()));
        ResultSet rowsFromHere = opened.executeQuery(query.rows(rows));
        result = rowsFromHere;
        return rowsFromHere;
    }

    private List<byte @Nullable []> values(ResultSet row) throws SQLException {
        List<byte @Nullable []> values = new ArrayList<>(query.columns().size());
        for (int i = 1; i <= query.columns().size(); i++) {
            values.add(row.getBytes(i));
        }
        return values;
    }

    private boolean large(ResultSet row) throws SQLException {
        int at = query.columns().size();
        boolean isLarge = false;
        for (ReadColumn column : query.columns()) {
            isLarge |= column.isLarge() && row.getLong(++at) > PartQuery.LARGE_BYTES;
        }
        return isLarge;
    }

    private void append(List<byte @Nullable []> values, LineBuffer lines) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                lines.raw('\t');
            }
            append(values.get(i), query.columns().get(i), lines);
        }
        lines.raw('\n');
    }

    static void append(byte @Nullable [] value, ReadColumn column, LineBuffer lines) {
        if (value == null) {
            lines.nothing();
        } else if (column.isBytes()) {
            lines.hexPrefix();
            lines.hex(value);
        } else {
            lines.text(value);
        }
    }

    @Override
    public void close() throws SQLException {
        if (statement != null && !isAtEnd) {
            statement.cancel();
        }
        end();
    }

    private void end() throws SQLException {
        Statement open = statement;
        statement = null;
        result = null;
        if (open != null) {
            open.close();
        }
    }
}
