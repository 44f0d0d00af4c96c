package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Point;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A point of PostgreSQL.
 *
 * @param leader holds the snapshot and the locks; the only reader if there is one connection
 * @param snapshot the exported snapshot's identifier, for pg_dump; null without a common moment
 * @param connections says how pg_dump logs in
 */
public record PostgreSqlPoint(Connection leader, List<Connection> readers, @Nullable String snapshot, Server server,
        Map<String, String> facts, List<String> warnings, Connections connections, Duration lockTimeout)
        implements
            Point {

    public PostgreSqlPoint {
        readers = List.copyOf(readers);
        facts = Map.copyOf(facts);
        warnings = List.copyOf(warnings);
    }

    /** Ask the leader, unless it may be in the middle of reading rows: then they fail if it is gone. */
    @Override
    public void check() throws SQLException {
        if (leader.isClosed()) {
            throw new SQLTransientConnectionException("the session that holds the snapshot has ended", "08006");
        }
        if (!readers.contains(leader)) {
            Sql.run(leader, "SELECT 1");
        }
    }

    @Override
    public void close() {
        PointMaker.closeAll(readers);
        PointMaker.closeAll(List.of(leader));
    }
}
