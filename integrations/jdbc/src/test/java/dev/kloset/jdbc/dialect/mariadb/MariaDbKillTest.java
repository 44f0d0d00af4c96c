package dev.kloset.jdbc.dialect.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.servers.MariaDbServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that is killed leaves nothing at the server. */
class MariaDbKillTest {

    private static final int KILLS = Integer.getInteger("kills", 2);

    private static MariaDbServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
        server.create("bank");
        server.run("bank", "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)", "INSERT INTO t (v) VALUES (1)");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "BACKUP_STAGE", "READ_LOCK", "SNAPSHOT", "LOCKING" })
    void afterKillNoLockStageOrTransactionIsOlderThanThirtySeconds(String hold) throws Exception {
        for (int i = 0; i < KILLS; i++) {
            Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                    System.getProperty("java.class.path"), Holder.class.getName(),
                    server.url("bank") + "?sslMode=disable&user=root",
                    hold).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            assertThat(process.inputReader().readLine()).isEqualTo("held");
            assertThat(server.value("", "SELECT COUNT(*) FROM information_schema.processlist WHERE db = 'bank'"))
                    .isNotEqualTo("0");

            process.destroyForcibly().waitFor();

            // Each waits for what the dead process held, at most 30 seconds.
            server.run("bank", "SET lock_wait_timeout = 30", "INSERT INTO t (v) VALUES (2)",
                    "ALTER TABLE t ADD COLUMN x INT",
                    "ALTER TABLE t DROP COLUMN x");
            assertThat(server.value("",
                    "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_started < NOW() - INTERVAL 30 SECOND"))
                    .isEqualTo("0");
        }
    }

    /** Holds something and says so. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            hold(args[0], args[1]);
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write("held\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                System.in.read();
            }
        }

        private static void hold(String url, String hold) throws Exception {
            if (List.of("SNAPSHOT", "LOCKING").contains(hold)) {
                new MariaDbDialect().point(() -> DriverManager.getConnection(url),
                        new PointSettings(Consistency.valueOf(hold), 4, Duration.ofSeconds(10)), table -> true);
            } else {
                Connection connection = DriverManager.getConnection(url);
                Stop.valueOf(hold).prepare(connection);
                Stop.valueOf(hold).freeze(connection);
            }
        }
    }
}
