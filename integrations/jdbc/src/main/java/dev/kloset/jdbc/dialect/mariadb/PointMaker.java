package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a point, in the best way that the server and the user's rights allow. For one thread. */
final class PointMaker {

    private static final String SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    private static final int ATTEMPTS = 3;

    /** A stop whose client has vanished ends after so many seconds. */
    private static final int STOP_SECONDS = 20;

    private final Connections connections;
    private final PointSettings settings;
    private final Predicate<TableName> wanted;
    private final List<Stop> stops;

    /** @param stops those to try, the best one first */
    PointMaker(Connections connections, PointSettings settings, Predicate<TableName> wanted, List<Stop> stops) {
        this.connections = connections;
        this.settings = settings;
        this.wanted = wanted;
        this.stops = List.copyOf(stops);
    }

    Point make() throws SQLException, InterruptedException {
        return switch (settings.consistency()) {
            case SNAPSHOT -> settings.connections() == 1 ? single("one connection") : snapshot();
            case SINGLE -> single("one connection");
            case LOCKING -> locking();
            case NONE -> none();
        };
    }

    private Point snapshot() throws SQLException, InterruptedException {
        for (Stop stop : stops) {
            Optional<Point> point = stopped(stop);
            if (point.isPresent()) {
                return point.get();
            }
        }
        return single("one connection, because the right RELOAD is missing for several");
    }

    /** {@return the point; empty if this stop is not allowed, or unknown to the server} */
    private Optional<Point> stopped(Stop stop) throws SQLException, InterruptedException {
        try (OpenConnections open = new OpenConnections(connections, settings)) {
            Connection stopper = open.open();
            Queries.run(stopper, "SET SESSION wait_timeout = " + STOP_SECONDS);
            Connection guard = open.open();
            Queries.run(guard, "START TRANSACTION READ ONLY");
            HeldTables held = new HeldTables(guard, settings, wanted);
            List<Connection> readers = open.open(settings.connections());
            if (!freeze(stop, stopper, held)) {
                return Optional.empty();
            }
            startSnapshots(readers);
            stop.end(stopper);
            open.finish(stopper);
            PointFacts facts = PointFacts.of(readers.getFirst(), stop.title(), held.hold());
            open.handOver();
            return Optional.of(new MariaDbPoint(readers, guard, facts.facts(), facts.warnings()));
        }
    }

    /** {@return whether commits are stopped now} */
    private boolean freeze(Stop stop, Connection stopper, HeldTables held) throws SQLException {
        try {
            stop.prepare(stopper);
            held.hold();
            stop.freeze(stopper);
            return true;
        } catch (RefusedException e) {
            throw e;
        } catch (SQLException e) {
            if (ServerError.DENIED.is(e) || ServerError.UNKNOWN_STATEMENT.is(e)) {
                return false;
            }
            if (ServerError.LOCK_TIMEOUT.is(e)) {
                held.hold(); // names the table, if it is one of ours
                throw Refusals.locked(stopper, "the database", settings.lockTimeout(), e);
            }
            throw e;
        }
    }

    private static void startSnapshots(List<Connection> readers) throws SQLException {
        for (Connection reader : readers) {
            Queries.run(reader, SNAPSHOT);
        }
    }

    private Point single(String method) throws SQLException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            try (OpenConnections open = new OpenConnections(connections, settings)) {
                Connection reader = open.open();
                Queries.run(reader, SNAPSHOT);
                List<ListedTable> tables = new HeldTables(reader, settings, wanted).hold();
                PointFacts facts = PointFacts.of(reader, method, tables);
                open.handOver();
                return new MariaDbPoint(List.of(reader), null, facts.facts(), facts.warnings());
            } catch (SQLException e) {
                if (!ServerError.CHANGED_SINCE.is(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Point locking() throws SQLException, InterruptedException {
        try (OpenConnections open = new OpenConnections(connections, settings)) {
            Connection guard = open.open();
            List<ListedTable> tables = new HeldTables(guard, settings, wanted).lock();
            List<Connection> readers = open.open(settings.connections());
            startSnapshots(readers);
            PointFacts facts = PointFacts.of(readers.getFirst(), "LOCK TABLES", tables);
            open.handOver();
            return new MariaDbPoint(readers, guard, facts.facts(), List.of());
        }
    }

    private Point none() throws SQLException, InterruptedException {
        try (OpenConnections open = new OpenConnections(connections, settings)) {
            List<Connection> readers = open.open(settings.connections());
            PointFacts facts = PointFacts.of(readers.getFirst(), "none", List.of());
            open.handOver();
            return new MariaDbPoint(readers, null, facts.facts(),
                    List.of());
        }
    }
}
