package dev.kloset.jdbc.dialect.mariadb.rows;

import java.sql.Connection;
import java.sql.SQLException;

/** How many rows the driver takes off the wire at once; with its default it takes all of them. */
final class FetchSize {

    private static final int ROWS = 100;

    private FetchSize() {}

    static int of(Connection connection, boolean hasLarge) throws SQLException {
        boolean isMySqlDriver = connection.getMetaData().getDriverName().contains("MySQL Connector");
        if (isMySqlDriver) {
            return Integer.MIN_VALUE; // its sign for "row by row"
        }
        return hasLarge ? 1 : ROWS;
    }
}
