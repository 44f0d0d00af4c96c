package dev.kloset.jdbc.dialect.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.Transfers;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.servers.MariaDbServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the moment of a MariaDB shows while others write, and what it stops. */
class MariaDbPointTest {

    private static final int RUNS = 100;
    private static final long SUM = 40_000;

    private static MariaDbServer server;

    private final MariaDbDialect dialect = new MariaDbDialect();

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void bank() throws Exception {
        server.run("", "DROP DATABASE IF EXISTS bank", "CREATE DATABASE bank",
                "CREATE OR REPLACE USER bk IDENTIFIED BY 'x'");
        server.run("bank", "CREATE TABLE A (ID INT PRIMARY KEY, AMOUNT INT)",
                "CREATE TABLE B (ID INT PRIMARY KEY, AMOUNT INT)",
                "INSERT INTO A SELECT seq, 100 FROM seq_1_to_200", "INSERT INTO B SELECT seq, 100 FROM seq_1_to_200");
    }

    private static PointSettings settings(Consistency consistency, int connections) {
        return new PointSettings(consistency, connections, Duration.ofSeconds(1));
    }

    private Point point(Consistency consistency, int connections) throws Exception {
        return dialect.point(() -> server.connect("bank"), settings(consistency, connections), table -> true);
    }

    private Point pointOf(String user) throws Exception {
        return dialect.point(() -> server.connect("bank", user, "x"), settings(Consistency.SNAPSHOT, 4), table -> true);
    }

    private long sum(Connection connection, Table table) throws Exception {
        try (InputStream rows = dialect.read(connection, table, Part.whole())) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1)))
                    .sum();
        }
    }

    /** {@return the sum of both tables, each read through other connections} */
    private long sum(Point point) throws Exception {
        List<Table> tables = dialect.tables(point.leader(), table -> true);
        long first = sum(point.readers().get(0), tables.get(0)) + sum(point.readers().get(1), tables.get(1));
        long second = sum(point.readers().get(2), tables.get(0)) + sum(point.readers().get(3), tables.get(1));
        assertThat(second).isEqualTo(first);
        return first;
    }

    @Test
    void aHundredOfAHundredPointsHoldWhatWritersKeep() throws Exception {
        try (Transfers transfers = Transfers.start(() -> server.connect("bank"))) {
            for (int i = 0; i < RUNS; i++) {
                transfers.awaitMore(1);
                try (Point point = point(Consistency.SNAPSHOT, 4)) {
                    assertThat(sum(point)).as("run %d", i).isEqualTo(SUM);
                }
            }
        }
    }

    @Test
    void theReadLockOfOlderServersHoldsItToo() throws Exception {
        try (Transfers transfers = Transfers.start(() -> server.connect("bank"))) {
            for (int i = 0; i < 20; i++) {
                transfers.awaitMore(1);
                PointMaker maker = new PointMaker(() -> server.connect("bank"), settings(Consistency.SNAPSHOT, 4),
                        table -> true,
                        List.of(Stop.READ_LOCK));
                try (Point point = maker.make()) {
                    assertThat(sum(point)).isEqualTo(SUM);
                    assertThat(point.facts()).containsEntry("method", "FLUSH TABLES WITH READ LOCK");
                }
            }
        }
    }

    @Test
    void fewerHoldItWithoutTheStop() throws Exception {
        int holding = 0;
        try (Transfers transfers = Transfers.start(() -> server.connect("bank"))) {
            for (int i = 0; i < RUNS; i++) {
                transfers.awaitMore(1);
                List<Connection> readers = new ArrayList<>();
                for (int reader = 0; reader < 4; reader++) {
                    readers.add(server.connect("bank"));
                }
                try (Point point = new MariaDbPoint(readers, null, Map.of(), List.of())) {
                    for (Connection reader : readers) {
                        try (Statement statement = reader.createStatement()) {
                            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
                        }
                    }
                    List<Table> tables = dialect.tables(point.leader(), table -> true);
                    holding += sum(readers.get(0), tables.get(0)) + sum(readers.get(3), tables.get(1)) == SUM ? 1 : 0;
                }
            }
        }
        assertThat(holding).isLessThan(RUNS);
    }

    @Test
    void tablesCannotBeChangedOrEmptiedWhileThePointIsHeldAndWritersGoOn() throws Exception {
        try (Point point = point(Consistency.SNAPSHOT, 4)) {
            server.run("bank", "CREATE TABLE late (id INT PRIMARY KEY)", "INSERT INTO late VALUES (1)");
            for (String ddl : List.of("ALTER TABLE A ADD COLUMN x INT", "TRUNCATE TABLE A", "DROP TABLE A",
                    "RENAME TABLE A TO C")) {
                assertThatThrownBy(() -> server.run("bank", "SET lock_wait_timeout = 0", ddl)).as(ddl)
                        .isInstanceOf(SQLException.class);
            }
            server.run("bank", "UPDATE A SET AMOUNT = 0", "DELETE FROM B");

            assertThat(dialect.tables(point.leader(), table -> true)).extracting(table -> table.name().name())
                    .containsExactly("A", "B");
            assertThat(sum(point)).isEqualTo(SUM);
            point.check();
        }
        server.run("bank", "ALTER TABLE A ADD COLUMN x INT", "TRUNCATE TABLE A");
    }

    @Test
    void withoutTheRightToStopCommitsOneConnectionReads() throws Exception {
        server.run("", "GRANT SELECT ON bank.* TO bk");

        try (Point point = pointOf("bk")) {
            assertThat(point.readers()).hasSize(1);
            assertThat(point.facts().get("method")).contains("the right RELOAD is missing");
            server.run("bank", "DELETE FROM B");
            List<Table> tables = dialect.tables(point.leader(), table -> true);
            assertThat(sum(point.leader(), tables.get(0)) + sum(point.leader(), tables.get(1))).isEqualTo(SUM);
            assertThatThrownBy(() -> server.run("bank", "SET lock_wait_timeout = 0", "TRUNCATE TABLE A"))
                    .hasMessageContaining("Lock wait timeout");
        }
    }

    @Test
    void tablesWithoutSnapshotsAreNamedUnlessTheyAreLocked() throws Exception {
        server.run("bank", "CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM",
                "CREATE TABLE safe (id INT PRIMARY KEY) ENGINE = Aria",
                "INSERT INTO old VALUES (1)");

        try (Point point = point(Consistency.SNAPSHOT, 2)) {
            assertThat(point.warnings()).containsExactly(
                    "bank.old is kept by MyISAM, which has no snapshots: its rows may be newer than those of other tables",
                    "bank.safe is kept by Aria, which has no snapshots: its rows may be newer than those of other tables");
        }
        try (Point point = point(Consistency.LOCKING, 2)) {
            assertThat(point.warnings()).isEmpty();
            assertThatThrownBy(() -> server.run("bank", "SET lock_wait_timeout = 0", "INSERT INTO old VALUES (2)"))
                    .isInstanceOf(SQLException.class);
            assertThat(
                    dialect.count(point.readers().get(1), dialect.tables(point.leader(), table -> true).get(2).name()))
                    .isEqualTo(1);
        }
        server.run("bank", "INSERT INTO old VALUES (2)");
    }

    @Test
    void consistencyNoneSaysSo() throws Exception {
        try (Point point = point(Consistency.NONE, 2)) {
            assertThat(point.readers()).hasSize(2);
            assertThat(point.facts()).containsEntry("method", "none");
        }
    }

    @Test
    void aTableThatAnotherSessionLocksIsNamed() throws Exception {
        try (Connection other = server.connect("bank"); Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLES B WRITE");

            assertThatThrownBy(() -> point(Consistency.SNAPSHOT, 2))
                    .hasMessageStartingWith("cannot lock bank.B within 1s: ");
            assertThatThrownBy(() -> point(Consistency.SINGLE, 1))
                    .hasMessageStartingWith("cannot lock bank.B within 1s: ");
        }
        point(Consistency.SNAPSHOT, 2).close();
    }

    @Test
    void aTableThatMayNotBeReadIsNamedWithTheRightThatIsMissing() throws Exception {
        server.run("", "GRANT SELECT ON bank.A TO bk", "GRANT INSERT ON bank.B TO bk", "GRANT RELOAD ON *.* TO bk");

        assertThatThrownBy(() -> pointOf("bk"))
                .hasMessage("bk@% may not read bank.B: GRANT SELECT ON bank.B TO bk@%");
    }

    @Test
    void objectsThatTheUserCannotSeeAreNamed() throws Exception {
        server.run("", "GRANT SELECT, SHOW VIEW ON `b_nk`.* TO bk");

        try (Point point = pointOf("bk")) {
            List<Table> tables = dialect.tables(point.leader(), table -> true);
            assertThat(dialect.scripts(point, tables, DdlSource.AUTO).lost()).containsExactly(
                    "bank: triggers are hidden from bk@%: GRANT TRIGGER ON bank.* TO bk@%",
                    "bank: events are hidden from bk@%: GRANT EVENT ON bank.* TO bk@%",
                    "bank: procedures and functions are hidden from bk@%: GRANT EXECUTE ON bank.* TO bk@%");
        }
    }
}
