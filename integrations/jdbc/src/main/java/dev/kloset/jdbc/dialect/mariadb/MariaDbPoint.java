package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A moment, whose hold ends with its connections.
 *
 * @param guard holds the tables; absent if the only reader does
 */
record MariaDbPoint(List<Connection> readers, @Nullable Connection guard, Map<String, String> facts,
        List<String> warnings)
        implements
            Point {

    MariaDbPoint {
        readers = List.copyOf(readers);
        facts = Map.copyOf(facts);
        warnings = List.copyOf(warnings);
    }

    @Override
    public Connection leader() {
        return readers.getFirst();
    }

    @Override
    public void check() throws SQLException {
        if (guard != null) {
            Queries.run(guard, "SELECT 1");
        }
    }

    @Override
    public void close() {
        readers.forEach(OpenConnections::close);
        if (guard != null) {
            OpenConnections.close(guard);
        }
    }
}
