package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.dialect.Point;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A point that lasts as long as the transactions of its connections.
 *
 * @param readers the first one is also the leader
 */
public record ConnectionsPoint(List<Connection> readers, Map<String, String> facts,
        List<String> warnings) implements Point {

    public ConnectionsPoint {
        readers = List.copyOf(readers);
        facts = Map.copyOf(facts);
        warnings = List.copyOf(warnings);
    }

    @Override
    public Connection leader() {
        return readers.getFirst();
    }

    @Override
    public void check() {}

    @Override
    public void close() {
        readers.forEach(ConnectionsPoint::close);
    }

    /** End the transaction of a connection and close it: what fails then does not matter any more. */
    public static void close(Connection connection) {
        try (connection) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            System.getLogger(ConnectionsPoint.class.getName()).log(Level.DEBUG, "cannot close a connection", e);
        }
    }
}
