package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * What a server is.
 *
 * @param version as it says: {@code 15.18 (Debian 15.18-1)}
 * @param isStandby whether it follows another server
 * @param isLinux whether it can look for the end of its client during a query
 * @param isPooled whether a pooler is between us and it: the process that answers is not the one that we logged in to
 */
public record Server(int major, String version, String user, boolean isStandby, boolean isLinux, boolean isPooled) {

    private static final int OLDEST = 12;

    /** Ask; outside of a transaction, because it takes a snapshot. */
    public static Server of(Connection connection) throws SQLException, IOException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        Server server = Sql.one(connection,
                """
                        SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'), current_user,
                            pg_catalog.pg_is_in_recovery(), pg_catalog.version() ILIKE '%linux%', pg_catalog.pg_backend_pid()""",
                row -> new Server(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4),
                        row.getBoolean(5), row.getInt(6) != pid));
        if (server.major < OLDEST) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    "PostgreSQL " + server.version + " is too old: version " + OLDEST + " is the first that works");
        }
        return server;
    }

    /** Check that what we set for the session stays with us: a pooler gives it to others, and us another one. */
    public void checkOwnSession(String what) throws IOException {
        if (isPooled) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    what + " needs sessions of its own, and there is a pooler such as PgBouncer before the server")
                    .hint("give the server's own port in the location");
        }
    }
}
