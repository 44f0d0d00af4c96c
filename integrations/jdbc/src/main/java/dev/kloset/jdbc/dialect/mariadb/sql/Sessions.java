package dev.kloset.jdbc.dialect.mariadb.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The settings of a session, so that values are read and written the same whatever the server is set to. A server that ends
 * statements or idle sessions early does not end these.
 */
public final class Sessions {

    /**
     * Zero in an AUTO_INCREMENT column stays zero, impossible dates stay as they are, and a value that does not fit is refused
     * rather than cut off.
     */
    private static final String WRITING = "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

    private static final int IDLE_SECONDS = 8 * 60 * 60;
    private static final int SLOW_HOST_SECONDS = 60 * 60;

    private Sessions() {}

    /** Prepare a connection that reads rows, the catalogue, or holds the moment. */
    public static void reading(Connection connection, Duration lockTimeout) throws SQLException {
        Queries.run(connection, "SET NAMES utf8mb4");
        Queries.run(connection, "SET SESSION time_zone = '+00:00', sql_mode = '', sql_quote_show_create = 1, "
                + "lock_wait_timeout = " + seconds(lockTimeout) + ", net_write_timeout = " + SLOW_HOST_SECONDS
                + ", wait_timeout = GREATEST(@@wait_timeout, " + IDLE_SECONDS + ")");
        Queries.run(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        withoutTimeLimit(connection);
    }

    /** Prepare a connection that loads rows or makes objects. */
    public static void writing(Connection connection) throws SQLException {
        Queries.run(connection, "SET NAMES utf8mb4");
        Queries.run(connection, "SET SESSION time_zone = '+00:00', sql_mode = '" + WRITING
                + "', max_error_count = 65535, net_read_timeout = " + SLOW_HOST_SECONDS);
        withoutTimeLimit(connection);
    }

    private static void withoutTimeLimit(Connection connection) throws SQLException {
        String variable = isMariaDb(connection) ? "max_statement_time" : "max_execution_time";
        Queries.run(connection, "SET SESSION " + variable + " = 0");
    }

    public static boolean isMariaDb(Connection connection) throws SQLException {
        return Queries.text(connection, "SELECT VERSION()").orElse("").contains("MariaDB");
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
