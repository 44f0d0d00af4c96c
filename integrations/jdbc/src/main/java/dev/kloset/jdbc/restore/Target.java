package dev.kloset.jdbc.restore;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.connect.Database;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.resilience.ConnectionPool;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database of a restore, through a pool of connections. Says on what something failed. */
final class Target implements AutoCloseable {

    /** There is a connection for each worker, so none waits. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Database database;
    private final ConnectionPool<Connection> pool;
    private @Nullable Connection witness; // guarded by this; opened before anything is written

    Target(Database database, TargetSettings settings) {
        this.database = database;
        boolean isRelaxed = settings.mode() != RestoreMode.CREATE;
        // One more than workers: contents too large to be kept are written on the thread that reads the records.
        this.pool = new ConnectionPool<>(database.name(), settings.connections() + 1, PATIENCE,
                () -> connectWatched(isRelaxed));
    }

    private Connection connectWatched(boolean isRelaxed) throws IOException {
        synchronized (this) {
            if (witness == null) {
                witness = connect(false);
            }
        }
        return connect(isRelaxed);
    }

    private Connection connect(boolean isRelaxed) throws IOException {
        Connection connection = database.connect();
        boolean ready = false;
        try {
            dialect().prepare(connection);
            if (isRelaxed) {
                dialect().relax(connection);
            }
            ready = true;
            return connection;
        } catch (SQLException e) {
            throw new IOException("cannot prepare a connection to " + database.name(), e);
        } finally {
            if (!ready) {
                Database.close(connection);
            }
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work<R> {

        R with(Connection connection) throws SQLException, IOException, InterruptedException;
    }

    <R> R call(String what, Work<R> work) throws IOException, InterruptedException {
        return pool.call(connection -> {
            try {
                return work.with(connection);
            } catch (SQLException e) {
                throw new IOException("cannot " + what, e);
            }
        });
    }

    Dialect dialect() {
        return database.dialect();
    }

    String name() {
        return database.name();
    }

    Optional<String> home() throws IOException, InterruptedException {
        return call("ask " + name() + " for its schema", dialect()::home);
    }

    boolean exists(TableName table) throws IOException, InterruptedException {
        return call("look for " + table, connection -> dialect().exists(connection, table));
    }

    long count(TableName table) throws IOException, InterruptedException {
        return call("count the rows of " + table, connection -> dialect().count(connection, table));
    }

    void run(String what, List<String> statements) throws IOException, InterruptedException {
        if (!statements.isEmpty()) {
            call(what, connection -> {
                dialect().run(connection, statements);
                return true;
            });
        }
    }

    /**
     * Wait until everything that was written is on the disk of the server.
     *
     * @throws IOException if the server has gone down since the restore began, so that some of it may be missing
     */
    synchronized void settle() throws IOException {
        if (witness != null) {
            try {
                dialect().settle(witness);
            } catch (SQLException e) {
                throw new IOException("cannot make sure that " + name() + " has everything on its disk", e);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
        synchronized (this) {
            if (witness != null) {
                Database.close(witness);
            }
        }
    }
}
