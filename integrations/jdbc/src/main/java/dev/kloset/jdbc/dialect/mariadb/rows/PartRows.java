package dev.kloset.jdbc.dialect.mariadb.rows;

import java.sql.SQLException;

/** The rows of a part, as lines. For one thread. */
interface PartRows {

    /** Append a row, or a piece of a row. {@return false at the end, when nothing was appended} */
    boolean next(LineBuffer lines) throws SQLException;

    /** End the query without reading its remaining rows, at the price of another connection. */
    void close() throws SQLException;
}
