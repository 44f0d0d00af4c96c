package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorKind;
import dev.kloset.jdbc.servers.MariaDbServer;
import dev.kloset.support.Sentence;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sentence for each thing that can go wrong with MariaDB. */
class MariaDbFailuresTest {

    private static MariaDbServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start("--skip-ssl");
        server.create("shop");
        server.run("shop", "CREATE TABLE orders (id INT PRIMARY KEY)", "CREATE TABLE salaries (id INT PRIMARY KEY)",
                "CREATE USER bk IDENTIFIED BY 'Rosebud-1941'",
                "GRANT SELECT, TRIGGER, EVENT, SHOW VIEW, EXECUTE ON shop.* TO bk",
                "CREATE USER few IDENTIFIED BY 'Rosebud-1941'", "GRANT SELECT ON shop.orders TO few",
                "GRANT INSERT ON shop.salaries TO few");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Throwable failure(String... more) {
        try {
            Snapshot.of(server.settings("shop", more));
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("the backup succeeded");
    }

    private static String place() {
        return "127.0.0.1:" + server.port() + "/shop";
    }

    @Test
    void aWrongPassword() {
        Throwable e = failure("username", "bk", "password", "Gilda-1946");

        assertThat(Sentence.of(e)).contains("cannot hold a moment of " + place(), "Access denied for user 'bk'@",
                "check the settings username and password").doesNotContain("Gilda");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.AUTHENTICATION);
    }

    @Test
    void aClosedPort() {
        Throwable e = failure("location", "jdbc:mariadb://127.0.0.1:1/shop");

        assertThat(Sentence.of(e)).isEqualTo("cannot hold a moment of 127.0.0.1:1/shop: the connection is refused; "
                + "check host and port, and that the server is up");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void aMissingDatabase() {
        Throwable e = failure("location", server.url("nothing"));

        assertThat(Sentence.of(e)).contains("Unknown database 'nothing'",
                "check the name of the database in the location");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    void aServerWithoutTls() throws Exception {
        Map<String, String> settings = new HashMap<>(server.settings("shop"));
        settings.remove("properties");
        try {
            Snapshot.of(settings);
            throw new AssertionError("the backup succeeded");
        } catch (Exception e) {
            assertThat(Sentence.of(e))
                    .endsWith("the server has no TLS; properties=sslMode=disable connects without encryption");
        }
    }

    @Test
    void aMissingRight() {
        Throwable e = failure("username", "few", "password", "Rosebud-1941");

        assertThat(Sentence.of(e)).isEqualTo("cannot hold a moment of " + place()
                + ": few@% may not read shop.salaries: GRANT SELECT ON shop.salaries TO few@%");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void aTableThatAnotherSessionLocks() throws Exception {
        try (Connection other = server.connect("shop"); Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLES orders WRITE");

            Throwable e = failure("lock_timeout", "1s");

            assertThat(Sentence.of(e)).isEqualTo("cannot hold a moment of " + place()
                    + ": cannot lock shop.orders within 1s: another session holds it in an open transaction or by LOCK TABLES");
            assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.TRANSIENT);
        }
    }

    @Test
    void fewRightsAreEnoughForOneConnection() throws Exception {
        Snapshot snapshot = Snapshot.of(server.settings("shop", "username", "bk", "password", "Rosebud-1941"));

        assertThat(snapshot.text("/00-point.json")).contains("the right RELOAD is missing");
    }
}
