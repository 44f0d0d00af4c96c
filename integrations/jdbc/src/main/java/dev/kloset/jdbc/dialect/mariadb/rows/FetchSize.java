package dev.kloset.jdbc.dialect.mariadb.rows;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** How many rows the driver takes off the wire at once; with its default it takes all of them. */
final class FetchSize {

    /** To the driver of MySQL it means row by row, and to MariaDB's from version 4 on that values pass through in pieces. */
    static final int STREAMED = Integer.MIN_VALUE;

    private static final int ROWS = 100;
    private static final int FIRST_STREAMING_VERSION = 4;

    private FetchSize() {}

    static int of(Connection connection, boolean hasLarge) throws SQLException {
        if (isMySqlDriver(connection.getMetaData())) {
            return STREAMED;
        }
        return hasLarge ? 1 : ROWS;
    }

    /** {@return whether the driver hands over a large value in pieces} */
    static boolean streamsValues(Connection connection) throws SQLException {
        DatabaseMetaData driver = connection.getMetaData();
        return !isMySqlDriver(driver) && driver.getDriverMajorVersion() >= FIRST_STREAMING_VERSION;
    }

    private static boolean isMySqlDriver(DatabaseMetaData driver) throws SQLException {
        return driver.getDriverName().contains("MySQL Connector");
    }
}
