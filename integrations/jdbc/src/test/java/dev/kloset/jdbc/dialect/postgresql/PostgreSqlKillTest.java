package dev.kloset.jdbc.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.jdbc.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a killed process leaves at the server. */
class PostgreSqlKillTest {

    private static final int KILLS = 20;
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void afterAKillNoTransactionAndNoLockIsThereForThirtySeconds() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String database = server.newDatabase();
            server.execute(database, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                    "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
            try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
                for (int i = 0; i < KILLS; i++) {
                    killOne(server, database, i == KILLS / 2 ? "busy" : i % 2 == 0 ? "idle" : "reading");
                    assertThat(timeUntilGone(statement)).as("kill " + i).isLessThan(BOUND);
                }
                statement.execute("SET lock_timeout = '1s'");
                statement.execute("ALTER TABLE t ADD COLUMN more int");
            }
        }
    }

    private static void killOne(PostgresServer server, String database, String what) throws Exception {
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                PointHolder.class.getName(),
                server.url(database), what).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('.');
            if (what.equals("busy")) {
                awaitSleep(server, database);
            }
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    private static void awaitSleep(PostgresServer server, String database) throws Exception {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
            while (count(statement, "pg_stat_activity WHERE wait_event = 'PgSleep'") == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static Duration timeUntilGone(Statement statement) throws Exception {
        long start = System.nanoTime();
        while (count(statement,
                "pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'") > 0
                || count(statement, "pg_locks WHERE pid <> pg_backend_pid() AND locktype = 'relation'") > 0) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static long count(Statement statement, String what) throws Exception {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + what)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
