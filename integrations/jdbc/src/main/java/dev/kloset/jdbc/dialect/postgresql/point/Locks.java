package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The locks of a point, which keep TRUNCATE, DROP and ALTER away: these are not undone for a snapshot that is older. */
final class Locks {

    private static final int AT_ONCE = 100;
    private static final String NOT_AVAILABLE = "55P03";
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]+(?: [A-Za-z]+)?");

    private Locks() {}

    /** Lock all tables in the transaction of {@code connection}, or fail with a sentence. */
    static void take(Connection connection, List<Relation> relations, String mode, Duration timeout, Asking asking)
            throws SQLException, IOException, InterruptedException {
        for (int i = 0; i < relations.size(); i += AT_ONCE) {
            List<Relation> some = relations.subList(i, Math.min(i + AT_ONCE, relations.size()));
            try {
                Sql.run(connection, lock(some, mode));
            } catch (SQLException e) {
                if (NOT_AVAILABLE.equals(e.getSQLState())) {
                    connection.rollback();
                    throw refusal(some, timeout, asking.blocker(some), e);
                }
                throw e;
            }
        }
    }

    /** Finds out, after a lock was not available, what keeps it. */
    @FunctionalInterface
    interface Asking {
        Optional<Blocker> blocker(List<Relation> relations) throws SQLException, InterruptedException;
    }

    /** The session that keeps a lock from us, with the first words of its statement if we may see it. */
    record Blocker(TableName table, int pid, String statement) {}

    /** {@return whether all locks were free} Without waiting, and without words. */
    static boolean tryTake(Connection connection, List<Relation> relations) throws SQLException {
        try {
            for (int i = 0; i < relations.size(); i += AT_ONCE) {
                Sql.run(connection, lock(relations.subList(i, Math.min(i + AT_ONCE, relations.size())), "ACCESS SHARE")
                        + " NOWAIT");
            }
            return true;
        } catch (SQLException e) {
            if (NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static String lock(List<Relation> relations, String mode) {
        return relations.stream()
                .map(relation -> "ONLY " + Sql.name(relation.name()))
                .collect(Collectors.joining(", ", "LOCK TABLE ", " IN " + mode + " MODE"));
    }

    /** {@return the session that holds, or waits in front of us for, the strongest lock on one of the tables} */
    static Optional<Blocker> blocker(Connection connection, List<Relation> relations) throws SQLException {
        String ids = relations.stream().map(relation -> Long.toString(relation.id())).collect(Collectors.joining(","));
        return Sql.all(connection, """
                SELECT n.nspname, c.relname, l.pid, coalesce(a.query, '')
                FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'relation' AND l.pid <> pg_catalog.pg_backend_pid() AND l.relation IN (%s)
                    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                    AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
                ORDER BY l.mode = 'AccessExclusiveLock' DESC, l.granted DESC LIMIT 1""".formatted(ids),
                row -> new Blocker(new TableName(row.getString(1), row.getString(2)), row.getInt(3),
                        words(row.getString(4))))
                .stream()
                .findFirst();
    }

    private static ConnectorException refusal(List<Relation> relations, Duration timeout, Optional<Blocker> blocker,
            SQLException reason) {
        TableName table = blocker.map(Blocker::table).orElse(relations.getFirst().name());
        String others = blocker.isPresent() || relations.size() == 1
                ? ""
                : " and " + (relations.size() - 1) + " more tables";
        String holder = blocker.map(b -> "pid " + b.pid() + b.statement() + " holds it")
                .orElse("another session holds it");
        ConnectorException refusal = new ConnectorException(ErrorKind.TRANSIENT,
                "cannot lock " + table + others + " within " + words(timeout) + ": " + holder);
        refusal.addSuppressed(reason);
        return refusal;
    }

    /** {@return the first words of a statement, which tell what it does and nothing of its values} */
    private static String words(String statement) {
        Matcher words = WORDS.matcher(statement.strip());
        return words.lookingAt() ? " (" + words.group() + " …)" : "";
    }

    private static String words(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + "s" : timeout.toMillis() + "ms";
    }
}
