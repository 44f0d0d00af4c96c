package dev.kloset.jdbc.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.Snapshot;
import dev.kloset.jdbc.servers.PostgresServer;
import dev.kloset.support.Sentence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host reads again that skips what looks unchanged: every change, and nothing else. */
class PostgreSqlChangesTest {

    private static final String TABLES = "/20-tables/public/";
    private static final String POINT = "/00-point.json";

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
        server.execute(database, "CREATE TABLE ints (id bigint PRIMARY KEY, v text)",
                "CREATE TABLE texts (a text, b int, v text, PRIMARY KEY (a, b))",
                "CREATE TABLE keyless (a int, v text)",
                "CREATE TABLE lobs (id int PRIMARY KEY, b bytea)",
                "CREATE TABLE \"nothing\" (id int PRIMARY KEY)",
                "INSERT INTO ints SELECT i * 3 - 15000, repeat('v', 100) FROM generate_series(1, 10000) i",
                "INSERT INTO ints VALUES (-9223372036854775808, NULL), (9223372036854775807, '')",
                "INSERT INTO texts SELECT CASE i % 4 WHEN 0 THEN 'Ä' WHEN 1 THEN 'a' WHEN 2 THEN 'B' ELSE E'\\t' END || i % 70, i,"
                        + " repeat('v', 100) FROM generate_series(1, 5000) i",
                "INSERT INTO keyless SELECT i / 2, repeat('v', 100) FROM generate_series(1, 2000) i",
                "INSERT INTO keyless SELECT NULL, NULL FROM generate_series(1, 50)",
                "INSERT INTO lobs SELECT i, decode(repeat(md5(i::text), 40000 * i), 'hex') FROM generate_series(1, 4) i");
    }

    @Test
    void ofAnIdleDatabaseNothingIsReadAgainButTheFactsOfTheMoment() throws Exception {
        Snapshot first = Snapshot.of(settings());
        server.execute(database, "VACUUM ANALYZE");

        Snapshot second = first.next(settings());

        assertThat(new TreeSet<>(second.opened())).isSubsetOf(Set.of(POINT));
        assertSame(second, Snapshot.of(settings()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a value of the same length        | ints    | UPDATE ints SET v = repeat('w', 100) WHERE id = 3
            a value that is no longer NULL    | ints    | UPDATE ints SET v = '' WHERE v IS NULL
            a value that becomes NULL         | ints    | UPDATE ints SET v = NULL WHERE id = -14997
            the last key                      | ints    | UPDATE ints SET v = 'x' WHERE id = 9223372036854775807
            a row more between others         | ints    | INSERT INTO ints VALUES (4, 'new')
            a row more at the end             | ints    | INSERT INTO ints VALUES (15001, 'new')
            a row less                        | ints    | DELETE FROM ints WHERE id = 6
            a key that moves                  | ints    | UPDATE ints SET id = 7 WHERE id = 6
            two values that change places     | ints    | UPDATE ints SET v = CASE id WHEN 9 THEN 'one' ELSE 'two' END WHERE id IN (9, 12)
            a row of a key of two columns     | texts   | UPDATE texts SET v = repeat('w', 100) WHERE b = 4321
            another case in a key             | texts   | UPDATE texts SET a = lower(a) WHERE b = 4322
            a row less of two columns         | texts   | DELETE FROM texts WHERE b = 77
            a row more of two columns         | texts   | INSERT INTO texts VALUES ('B1', 100000, '')
            a row without a key               | keyless | UPDATE keyless SET v = repeat('w', 100) WHERE a = 500
            one of several equal rows         | keyless | DELETE FROM keyless WHERE ctid = (SELECT max(ctid) FROM keyless WHERE a IS NULL)
            one byte of a large value         | lobs    | UPDATE lobs SET b = set_byte(b, 1000000, 255) WHERE id = 3
            the first row                     | nothing | INSERT INTO nothing VALUES (1)
            """)
    void eachChangeIsReadAgainAndNoOtherTable(String name, String table, String change) throws Exception {
        Snapshot first = Snapshot.of(settings());
        server.execute(database, change);

        Snapshot second = first.next(settings());

        assertSame(second, Snapshot.of(settings()));
        assertThat(second.opened()).as(name).anyMatch(path -> path.startsWith(TABLES + table + "/20-data/"));
        List<String> others = new ArrayList<>(second.opened());
        others.removeIf(path -> path.startsWith(TABLES + table + "/") || path.equals(POINT));
        assertThat(others).as(name).isEmpty();
        assertThat(second.opened()).as(name).hasSizeLessThan(9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE ints ALTER id TYPE numeric
            ALTER TABLE ints ALTER v TYPE varchar(200)
            ALTER TABLE ints DROP v
            ALTER TABLE ints ADD w int DEFAULT 7
            TRUNCATE ints
            """)
    void anotherShapeOfATableIsReadAgain(String change) throws Exception {
        Snapshot first = Snapshot.of(settings());
        server.execute(database, change);

        Snapshot second = first.next(settings());

        assertSame(second, Snapshot.of(settings()));
        assertThat(second.opened()).anyMatch(path -> path.startsWith(TABLES + "ints/"));
    }

    @Test
    void everyRowIsInTheBackupOnce() throws Exception {
        Snapshot snapshot = Snapshot.of(settings());
        for (String table : List.of("ints", "texts", "keyless", "lobs", "nothing")) {
            List<String> lines = new ArrayList<>(snapshot.rows(TABLES + table).lines().toList());
            assertThat(lines).as(table).hasSize(Integer.parseInt(ask("SELECT count(*) FROM " + table)));
            assertThat(new TreeSet<>(lines)).as(table)
                    .hasSize(Integer.parseInt(ask("SELECT count(*) FROM (SELECT DISTINCT * FROM " + table + ") AS d")));
        }
    }

    @Test
    void aSessionThatEndsInTheMiddleFailsTheBackupAndNamesTheTable() {
        boolean[] isDone = new boolean[1];

        assertThatThrownBy(() -> Snapshot.of(settings(), pathname -> {
            if (pathname.startsWith(TABLES + "ints/20-data/") && !isDone[0]) {
                isDone[0] = true;
                server.execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'kloset' AND pid <> pg_backend_pid()");
            }
        })).satisfies(e -> assertThat(Sentence.of(e)).containsAnyOf("public.ints", "public.keyless")
                .doesNotContain("vvv"));
    }

    private static void assertSame(Snapshot found, Snapshot expected) {
        assertThat(found.files().keySet()).isEqualTo(expected.files().keySet());
        found.files().forEach((path, bytes) -> {
            if (!path.equals(POINT)) {
                assertThat(bytes).as(path).isEqualTo(expected.files().get(path));
            }
        });
    }

    private Map<String, String> settings() {
        return Map.of("location", server.url(database), "username", "postgres");
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
