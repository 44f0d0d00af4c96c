package dev.kloset.jdbc.dialect.mariadb.rows;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as they come off the wire, column by column: a large value passes through in pieces, and the server reads it once. For
 * one thread.
 */
final class StreamedRows implements PartRows {

    private static final int PIECE = 64 << 10;

    /** How the server ends a query that was cancelled; the connection is whole. */
    private static final int INTERRUPTED = 1317;

    private final List<ReadColumn> columns;
    private final Statement statement;
    private final ResultSet row;
    private final byte[] piece = new byte[PIECE];
    private int column; // the next one of the row
    private @Nullable InputStream value; // of the column before
    private boolean isAtEnd;

    StreamedRows(Connection connection, PartQuery query) throws SQLException {
        columns = query.columns();
        statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(FetchSize.STREAMED);
        row = statement.executeQuery(query.wholeRows());
    }

    @Override
    public boolean next(LineBuffer lines) throws SQLException {
        if (column == 0 && !row.next()) {
            isAtEnd = true;
            close();
            return false;
        }
        InputStream open = value;
        if (open == null) {
            begin(columns.get(column++), lines);
        } else {
            append(open, columns.get(column - 1), lines);
        }
        if (value == null && column == columns.size()) {
            lines.raw('\n');
            column = 0;
        }
        return true;
    }

    private void begin(ReadColumn begun, LineBuffer lines) throws SQLException {
        if (column > 1) {
            lines.raw('\t');
        }
        if (!begun.isLarge()) {
            PartReader.append(row.getBytes(column), begun, lines);
            return;
        }
        value = row.getBinaryStream(column);
        if (value == null) {
            lines.nothing();
        } else if (begun.isBytes()) {
            lines.hexPrefix();
        }
    }

    private void append(InputStream open, ReadColumn read, LineBuffer lines) throws SQLException {
        int count = piece(open);
        if (read.isBytes()) {
            lines.hex(piece, count);
        } else {
            lines.text(piece, count);
        }
        if (count < PIECE) {
            value = null;
        }
    }

    private int piece(InputStream open) throws SQLException {
        try {
            return open.readNBytes(piece, 0, PIECE);
        } catch (IOException e) {
            throw new SQLException("the connection broke off in a large value: " + e.getMessage(), "08000", e);
        }
    }

    @Override
    public void close() throws SQLException {
        if (isAtEnd) {
            statement.close();
            return;
        }
        statement.cancel();
        try {
            statement.close();
        } catch (SQLException e) {
            if (e.getErrorCode() != INTERRUPTED) {
                throw e;
            }
        }
    }
}
