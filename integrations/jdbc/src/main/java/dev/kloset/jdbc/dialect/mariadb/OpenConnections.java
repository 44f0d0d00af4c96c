package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.mariadb.sql.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Connections while a point is made: closed together if it comes to nothing. For one thread. */
final class OpenConnections implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OpenConnections.class.getName());

    private final Connections connections;
    private final PointSettings settings;
    private final List<Connection> open = new ArrayList<>();

    OpenConnections(Connections connections, PointSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    Connection open() throws SQLException, InterruptedException {
        Connection connection = connections.open();
        open.add(connection);
        Sessions.reading(connection, settings.lockTimeout());
        return connection;
    }

    List<Connection> open(int count) throws SQLException, InterruptedException {
        List<Connection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(open());
        }
        return opened;
    }

    /** Close a connection now. */
    void finish(Connection connection) {
        open.remove(connection);
        close(connection);
    }

    /** From now on the connections belong to the point. */
    void handOver() {
        open.clear();
    }

    @Override
    public void close() {
        open.forEach(OpenConnections::close);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection did not close: the server ends it", e);
        }
    }
}
