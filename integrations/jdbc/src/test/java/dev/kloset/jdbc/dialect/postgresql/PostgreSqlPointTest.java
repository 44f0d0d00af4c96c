package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.servers.PostgresServer;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One moment for all readers, on a real server with sessions that get in the way. */
class PostgreSqlPointTest {

    private static final PostgreSqlDialect DIALECT = DatabaseCopy.DIALECT;
    private static final int POINTS = 100;
    private static final int ACCOUNTS = 8;
    private static final long SUM = 8000;

    private static PostgresServer server;
    private String database;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void make() throws Exception {
        database = server.newDatabase();
    }

    @Test
    void allOfAHundredPointsShowWhatWritersKeepTrueAndFewerDoWithoutTheSharedSnapshot() throws Exception {
        makeAccounts();
        assertThat(sumsUnderFire(PostgreSqlPointTest::sumOfPoint)).hasSize(POINTS).containsOnly(SUM);
        assertThat(sumsUnderFire(PostgreSqlPointTest::sumOfOwnTransactions)).hasSize(POINTS)
                .anyMatch(sum -> sum != SUM);
    }

    @Test
    void aReaderAloneShowsOneMomentAsWell() throws Exception {
        makeAccounts();
        PointSettings single = new PointSettings(Consistency.SINGLE, 4, Duration.ofSeconds(60));
        try (Point point = DIALECT.point(server.connections(database), single, _ -> true)) {
            assertThat(point.readers()).containsExactly(point.leader());
            server.execute(database, "UPDATE account0 SET cents = 0");
            assertThat(sum(point.readers())).isEqualTo(SUM);
            point.check();
        }
    }

    @Test
    void truncateByAnotherSessionWaitsAndNoReaderWaitsForIt() throws Exception {
        server.execute(database, "CREATE TABLE t (id int PRIMARY KEY)",
                "INSERT INTO t SELECT generate_series(1, 1000)");
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> truncation;
            try (Point point = DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
                truncation = others.submit(() -> {
                    server.execute(database, "TRUNCATE t");
                    return null;
                });
                awaitWaiting("TRUNCATE t");
                for (Connection reader : point.readers()) {
                    Table table = DIALECT.tables(reader, _ -> true).getFirst();
                    try (InputStream rows = DIALECT.read(reader, table, Part.whole())) {
                        assertThat(new String(rows.readAllBytes(), UTF_8).lines()).hasSize(1000);
                    }
                }
                assertThat(truncation.isDone()).isFalse();
            }
            truncation.get();
        }
        try (Connection connection = server.connect(database)) {
            assertThat(DIALECT.count(connection, new dev.kloset.jdbc.catalog.TableName("public", "t"))).isZero();
        }
    }

    @Test
    void aLockThatAnotherSessionHoldsIsNamedWithItsHolder() throws Exception {
        server.execute(database, "CREATE TABLE orders (id int)", "CREATE TABLE free (id int)");
        try (Connection other = server.connect(database); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("ALTER TABLE orders ADD COLUMN secret text DEFAULT 'hidden'");
            int pid = other.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            PointSettings soon = new PointSettings(Consistency.SNAPSHOT, 2, Duration.ofSeconds(1));
            assertThatThrownBy(() -> DIALECT.point(server.connections(database), soon, _ -> true))
                    .isInstanceOfSatisfying(ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT))
                    .hasMessage("cannot lock public.orders within 1s: pid " + pid + " (ALTER TABLE …) holds it");
            DIALECT.point(server.connections(database), soon, table -> table.name().equals("free")).close();
        }
        awaitSessions(0);
    }

    @Test
    void aMissingRightIsNamedBeforeAnythingIsRead() throws Exception {
        server.execute(database, "CREATE TABLE salaries (id int)", "CREATE TABLE open (id int)", "CREATE ROLE bk LOGIN",
                "GRANT SELECT ON open TO bk");
        assertThatThrownBy(() -> DIALECT.point(server.connections(database, "bk"), DatabaseCopy.SETTINGS, _ -> true))
                .isInstanceOfSatisfying(ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION))
                .hasMessage("bk may not read public.salaries: GRANT pg_read_all_data TO bk");
        server.execute(database, "GRANT pg_read_all_data TO bk");
        DIALECT.point(server.connections(database, "bk"), DatabaseCopy.SETTINGS, _ -> true).close();
    }

    @Test
    void rowsThatAPolicyHidesAreNotLeftOutInSilence() throws Exception {
        server.execute(database, "CREATE TABLE t (id int PRIMARY KEY)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE ROLE guarded LOGIN", "GRANT pg_read_all_data TO guarded");
        try (Point point = DIALECT.point(server.connections(database, "guarded"), DatabaseCopy.SETTINGS, _ -> true)) {
            Table table = DIALECT.tables(point.leader(), _ -> true).getFirst();
            assertThatThrownBy(() -> {
                try (InputStream rows = DIALECT.read(point.readers().getFirst(), table, Part.whole())) {
                    rows.readAllBytes();
                }
            }).hasStackTraceContaining("row-level security");
        }
    }

    @Test
    void theCheckFailsWhenTheSessionThatHoldsTheSnapshotIsGone() throws Exception {
        server.execute(database, "CREATE TABLE t (id int)");
        try (Point point = DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
            point.check();
            int pid = point.leader().unwrap(org.postgresql.PGConnection.class).getBackendPID();
            server.execute(database, "SELECT pg_terminate_backend(" + pid + ")");
            assertThatThrownBy(point::check).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void sessionsEndAndWithThemTheirLocks() throws Exception {
        server.execute(database, "CREATE TABLE t (id int)");
        Point point = DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true);
        awaitSessions(3);
        point.close();
        point.close();
        server.execute(database, "DROP TABLE t");
        awaitSessions(0);
    }

    @Test
    void aForeignTableIsNamedAndSoAreSequences() throws Exception {
        server.execute(database, "CREATE SEQUENCE s", "CREATE FOREIGN DATA WRAPPER w",
                "CREATE SERVER far FOREIGN DATA WRAPPER w",
                "CREATE FOREIGN TABLE ft (a int) SERVER far");
        try (Point point = DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
            assertThat(point.warnings()).anyMatch(warning -> warning.startsWith("public.ft is a foreign table"));
            assertThat(point.facts()).containsKeys("version", "wal_position", "encoding", "sequences")
                    .containsEntry("standby", "false")
                    .containsEntry("pooler", "false");
        }
    }

    /** One reading of all accounts, with four connections. */
    @FunctionalInterface
    private interface Reading {
        long sum(String database) throws Exception;
    }

    private void makeAccounts() throws SQLException {
        for (int i = 0; i < ACCOUNTS; i++) {
            server.execute(database, "CREATE TABLE account" + i + " (id int PRIMARY KEY, cents bigint)",
                    "INSERT INTO account" + i + " VALUES (1, " + SUM / ACCOUNTS + ")");
        }
    }

    /** {@return what each reading sums up to while two sessions move money from account to account} */
    private List<Long> sumsUnderFire(Reading reading) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch moving = new CountDownLatch(2);
        List<Long> sums = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            List<Future<Void>> ends = List.of(writers.submit(writer(0, isOver, moving)),
                    writers.submit(writer(1, isOver, moving)));
            moving.await();
            try {
                for (int i = 0; i < POINTS; i++) {
                    sums.add(reading.sum(database));
                }
            } finally {
                isOver.set(true);
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        }
        return sums;
    }

    private Callable<Void> writer(int number, AtomicBoolean isOver, CountDownLatch moving) {
        return () -> {
            try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int i = 0; !isOver.get(); i++) {
                    // Always from an account to one behind it, so that the writers cannot lock each other out.
                    int from = i % (ACCOUNTS - 1);
                    statement
                            .execute("UPDATE account" + from + " SET cents = cents - 1; UPDATE account" + (ACCOUNTS - 1)
                                    + " SET cents = cents + 1");
                    connection.commit();
                    if (i == number) {
                        moving.countDown();
                    }
                }
            }
            return null;
        };
    }

    private static long sumOfPoint(String database) throws Exception {
        PointSettings four = new PointSettings(Consistency.SNAPSHOT, 4, Duration.ofMinutes(10));
        try (Point point = DIALECT.point(server.connections(database), four, _ -> true)) {
            return sum(point.readers());
        }
    }

    /** As tools do that give each of their connections a transaction. */
    private static long sumOfOwnTransactions(String database) throws Exception {
        List<Connection> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Connection reader = server.connect(database);
                readers.add(reader);
                reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                reader.setAutoCommit(false);
            }
            return sum(readers);
        } finally {
            for (Connection reader : readers) {
                reader.close();
            }
        }
    }

    private static long sum(List<Connection> readers) throws Exception {
        long sum = 0;
        List<Table> tables = DIALECT.tables(readers.getFirst(), _ -> true);
        for (int i = 0; i < tables.size(); i++) {
            try (InputStream rows = DIALECT.read(readers.get(i % readers.size()), tables.get(i), Part.whole())) {
                sum += Long.parseLong(new String(rows.readAllBytes(), UTF_8).strip().replaceFirst("^.*\t", ""));
            }
        }
        return sum;
    }

    private void awaitWaiting(String query) throws Exception {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
            boolean isWaiting = false;
            while (!isWaiting) {
                Thread.onSpinWait();
                try (ResultSet rows = statement
                        .executeQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND query = '" + query + "'")) {
                    rows.next();
                    isWaiting = rows.getLong(1) == 1;
                }
            }
        }
    }

    /** Wait until the database has so many sessions beside the one that asks: the server takes a moment to end one. */
    private void awaitSessions(long expected) throws Exception {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
            long sessions;
            do {
                try (ResultSet rows = statement
                        .executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database
                                + "' AND pid <> pg_backend_pid() AND backend_type = 'client backend'")) {
                    rows.next();
                    sessions = rows.getLong(1);
                }
            } while (sessions != expected);
        }
    }
}
