package dev.kloset.jdbc.dialect.postgresql;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a part, in pieces of bounded length. */
interface Pieces {

    /** {@return the next piece, which may be empty; null at the end} */
    byte @Nullable [] next() throws SQLException, IOException;

    /** End the query, wherever it is. */
    void close() throws SQLException;
}
