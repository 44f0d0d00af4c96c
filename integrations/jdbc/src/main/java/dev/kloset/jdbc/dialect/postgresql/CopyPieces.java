package dev.kloset.jdbc.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Rows as COPY sends them, each a piece. */
final class CopyPieces implements Pieces {

    /** So many bytes are quicker to read than to refuse. */
    private static final long FEW = 1 << 20;

    private final PGConnection connection;
    private final CopyOut copy;

    CopyPieces(Connection connection, String query) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
        this.copy = this.connection.getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT");
    }

    @Override
    public byte @Nullable [] next() throws SQLException {
        return copy.readFromCopy();
    }

    /** The driver's own way to cancel leaves the server's last answers behind, for the next query to stumble over. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive() && discard(FEW)) {
            connection.cancelQuery();
            discard(Long.MAX_VALUE);
        }
    }

    /** {@return whether there may be more} */
    private boolean discard(long bytes) throws SQLException {
        long discarded = 0;
        byte[] row = copy.readFromCopy();
        while (row != null && discarded < bytes) {
            discarded += row.length;
            row = copy.readFromCopy();
        }
        return row != null;
    }
}
