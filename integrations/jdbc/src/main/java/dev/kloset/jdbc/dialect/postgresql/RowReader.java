package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.internal.BulkStream;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Quiet;
import dev.kloset.jdbc.dialect.postgresql.point.Session;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a part. In a transaction, a failure or an early end takes the session back to its savepoint, where it still has its
 * snapshot.
 */
final class RowReader extends BulkStream {

    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final Table table;
    private final Pieces pieces;
    private byte[] piece = NOTHING;
    private int position;
    private boolean isAtEnd;
    private boolean isClosed;

    private RowReader(Connection connection, Table table, Pieces pieces) {
        this.connection = connection;
        this.table = table;
        this.pieces = pieces;
    }

    static InputStream open(Connection connection, Table table, Part part) throws SQLException {
        try {
            return new RowReader(connection, table, WideValues.isMarked(part)
                    ? new WideRowReader(connection, table, part)
                    : new CopyPieces(connection, query(table, part)));
        } catch (SQLException e) {
            recover(connection);
            throw e;
        }
    }

    static String query(Table table, Part part) {
        String columns = Sql.names(table.stored().stream().map(Column::name).toList());
        String where = part.condition().isEmpty() ? "" : " WHERE " + part.condition();
        return "SELECT " + columns + " FROM ONLY " + Sql.name(table.name()) + where + " ORDER BY " + order(table);
    }

    /** The order of the index, in which parts are neighbours as well. */
    static String order(Table table) {
        return table.key().isEmpty() ? "ctid" : Sql.names(table.key());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int filled = 0;
        while (filled < length && hasMore()) {
            int some = Math.min(length - filled, piece.length - position);
            System.arraycopy(piece, position, buffer, offset + filled, some);
            position += some;
            filled += some;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean hasMore() throws IOException {
        if (isClosed) {
            throw new IOException("cannot read " + table.name() + ": its stream is closed");
        }
        while (position == piece.length && !isAtEnd) {
            byte[] next = next();
            isAtEnd = next == null;
            piece = next == null ? NOTHING : next;
            position = 0;
        }
        return position < piece.length;
    }

    private byte @Nullable [] next() throws IOException {
        try {
            return pieces.next();
        } catch (SQLException e) {
            isAtEnd = true;
            recover(connection);
            throw new IOException("cannot read " + table.name(), e);
        }
    }

    /** What fails here is what was asked for: the end of the query. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            Quiet.run(pieces::close);
            if (!isAtEnd) {
                recover(connection);
            }
        }
    }

    /** Outside of a transaction there is nothing to go back to. */
    static void recover(Connection connection) {
        Quiet.run(() -> {
            if (!connection.getAutoCommit()) {
                Sql.run(connection, Session.BACK_TO_SAVEPOINT);
            }
        });
    }
}
