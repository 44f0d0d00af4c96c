package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What the server refused, as one sentence with the reason. */
final class Refusals {

    private static final int STATEMENT_CHARACTERS = 60;

    private static final String TIMED_OUT = "HYT00";

    private Refusals() {}

    /** {@return the sentence for a lock that did not come, with the statements of other sessions that may have it} */
    static RefusedException locked(Connection connection, String what, Duration timeout, SQLException cause) {
        return new RefusedException(
                "cannot lock " + what + " within " + timeout.toSeconds() + "s: " + holders(connection), TIMED_OUT,
                cause);
    }

    private static String holders(Connection connection) {
        try {
            List<String> sessions = Queries.list(connection, """
                    SELECT id, info FROM information_schema.processlist
                    WHERE id <> CONNECTION_ID() AND info IS NOT NULL ORDER BY time DESC LIMIT 3""",
                    row -> "connection " + row.getLong(1) + " (" + shortened(row.getString(2)) + ")");
            return sessions.isEmpty()
                    ? "another session holds it in an open transaction or by LOCK TABLES"
                    : "another session holds it, running now: " + String.join(", ", sessions);
        } catch (SQLException e) {
            return "another session holds it";
        }
    }

    private static String shortened(String statement) {
        // A text may be a password.
        String line = statement.replaceAll("\\s+", " ").strip().replaceFirst("['\"].*", "…");
        return line.length() <= STATEMENT_CHARACTERS ? line : line.substring(0, STATEMENT_CHARACTERS) + " …";
    }

    static RefusedException unreadable(Connection connection, String what, SQLException cause) {
        if (!ServerError.DENIED.is(cause)) {
            return with("cannot read " + what + ": " + ServerError.message(cause), cause);
        }
        String user = user(connection);
        return with(user + " may not read " + what + ": GRANT SELECT ON " + what + " TO " + user, cause);
    }

    private static String user(Connection connection) {
        try {
            return Queries.text(connection, "SELECT CURRENT_USER()").orElse("the user");
        } catch (SQLException e) {
            return "the user";
        }
    }

    private static RefusedException with(String sentence, SQLException cause) {
        return new RefusedException(sentence, cause.getSQLState(), cause);
    }
}
