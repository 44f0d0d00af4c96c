package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.PointSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a point: locks first, then the snapshot, then readers that import it. A TRUNCATE between snapshot and lock would leave a table
 * empty for the snapshot, so the order matters. Readers lock as well, at once or not at all: a DROP that waits behind the leader's lock
 * would make a reader wait behind itself, and both until the leader ends.
 */
public final class PointMaker {

    private static final int ATTEMPTS = 10;
    /** The server keeps a table of locks for all sessions, which by default has room for 6,400. */
    private static final int LOCKS_OF_READERS = 2000;

    private final Connections connections;
    private final PointSettings settings;
    private final Predicate<TableName> tables;
    private final List<Connection> opened = new ArrayList<>();

    public PointMaker(Connections connections, PointSettings settings, Predicate<TableName> tables) {
        this.connections = connections;
        this.settings = settings;
        this.tables = tables;
    }

    public PostgreSqlPoint make() throws SQLException, IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            PostgreSqlPoint point = attempt();
            if (point != null) {
                return point;
            }
        }
        throw new ConnectorException(ErrorKind.TRANSIENT,
                "cannot lock the tables: they were changed again and again while we tried; back up at another time");
    }

    /** {@return null if tables came, went or were to be changed in between, with everything closed} */
    private @Nullable PostgreSqlPoint attempt() throws SQLException, IOException, InterruptedException {
        PostgreSqlPoint point = null;
        try {
            point = settings.consistency() == Consistency.NONE ? withoutSnapshot() : withSnapshot();
            return point;
        } finally {
            if (point == null) {
                closeAll(opened);
            }
            opened.clear();
        }
    }

    private PostgreSqlPoint withoutSnapshot() throws SQLException, IOException, InterruptedException {
        Connection leader = open();
        look(leader);
        Server server = Server.of(leader);
        server.checkOwnSession("consistency=none");
        Relation.checkReadable(Relation.wanted(leader, tables), server);
        leader.rollback();
        leader.setAutoCommit(true);
        for (int i = 0; i < settings.connections(); i++) {
            open();
        }
        for (Connection connection : opened) {
            Session.prepareReading(connection, server, settings.lockTimeout());
        }
        return point(server, opened.subList(1, opened.size()), null);
    }

    private @Nullable PostgreSqlPoint withSnapshot() throws SQLException, IOException, InterruptedException {
        Connection leader = open();
        look(leader);
        Server server = Server.of(leader);
        List<Relation> relations = Relation.wanted(leader, tables);
        Relation.checkReadable(relations, server);
        leader.rollback();
        begin(leader, server, "");
        List<Relation> readable = relations.stream().filter(Relation::isReadable).toList();
        Locks.take(leader, readable, settings.consistency() == Consistency.LOCKING ? "SHARE" : "ACCESS SHARE",
                settings.lockTimeout(), some -> blocker(some));
        String snapshot = Sql.one(leader, "SELECT pg_catalog.pg_export_snapshot()", row -> row.getString(1));
        if (!Relation.wanted(leader, tables).equals(relations)) {
            return null;
        }
        return switch (settings.consistency()) {
            case SINGLE -> alone(leader, server, snapshot);
            case SNAPSHOT, LOCKING, NONE ->
                readers(server, readable, snapshot) ? point(server, opened.subList(1, opened.size()), snapshot) : null;
        };
    }

    private PostgreSqlPoint alone(Connection leader, Server server, String snapshot) throws SQLException {
        Sql.run(leader, Session.SAVEPOINT);
        return point(server, List.of(leader), snapshot);
    }

    private boolean readers(Server server, List<Relation> relations, String snapshot)
            throws SQLException, InterruptedException {
        boolean isFew = (long) relations.size() * settings.connections() <= LOCKS_OF_READERS;
        for (int i = 0; i < settings.connections(); i++) {
            Connection reader = open();
            begin(reader, server, "; SET TRANSACTION SNAPSHOT " + Sql.text(snapshot));
            if (isFew && !Locks.tryTake(reader, relations)) {
                return false;
            }
            Sql.run(reader, Session.SAVEPOINT);
        }
        return true;
    }

    private PostgreSqlPoint point(Server server, List<Connection> readers, @Nullable String snapshot)
            throws SQLException {
        Connection leader = opened.getFirst();
        return new PostgreSqlPoint(leader, readers, snapshot, server,
                PointFacts.facts(leader, server, snapshot != null),
                PointFacts.warnings(leader, snapshot != null), connections, settings.lockTimeout());
    }

    /** Begin a transaction to look around in, however little time a role is given for a query. */
    private static void look(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "SET LOCAL statement_timeout = 0");
    }

    /** The isolation is set in the transaction and not by the driver, which would set it for the session. */
    private void begin(Connection connection, Server server, String more) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" + more);
        Session.prepareReading(connection, server, settings.lockTimeout());
    }

    private Optional<Locks.Blocker> blocker(List<Relation> relations) throws SQLException, InterruptedException {
        try (Connection connection = connections.open()) {
            return Locks.blocker(connection, relations);
        }
    }

    private Connection open() throws SQLException, InterruptedException {
        Connection connection = connections.open();
        opened.add(connection);
        return connection;
    }

    /** Close without throwing: what is closed here is of no more use, and its server ends it in any case. */
    static void closeAll(List<Connection> connections) {
        for (Connection connection : connections) {
            Quiet.run(() -> connection.close());
        }
    }
}
