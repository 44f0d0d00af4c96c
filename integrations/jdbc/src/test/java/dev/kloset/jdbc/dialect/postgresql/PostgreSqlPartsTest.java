package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.servers.PostgresServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Boundaries of parts, on a real server: every row in one part, and a change in one part. */
class PostgreSqlPartsTest {

    private static final long BYTES = 1 << 16;

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
    void aWholeNumberMakesRangesOfOneWidth() throws Exception {
        server.execute(database, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(-20000, 20000) i");
        Map<Long, String> before = parts(40_001);
        assertThat(before).hasSizeBetween(60, 160);
        assertThat(before.values()).allSatisfy(rows -> assertThat(rows.length()).isLessThan(2 * (int) BYTES));
        server.execute(database, "UPDATE t SET v = repeat('y', 100) WHERE id = -7");
        assertThat(changed(before, parts(40_001))).hasSize(1);
        server.execute(database, "INSERT INTO t VALUES (20001, 'new')", "DELETE FROM t WHERE id = 5");
        assertThat(changed(before, parts(40_001))).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void twoBackupsOfAnIdleDatabaseHaveEqualParts() throws Exception {
        server.execute(database, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i");
        Map<Long, String> before = parts(20_000);
        server.execute(database, "VACUUM ANALYZE t");
        assertThat(parts(20_000)).isEqualTo(before);
    }

    @Test
    void aRangeWhereRowsAreDenseIsDividedFurther() throws Exception {
        server.execute(database, "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 10000) i",
                "INSERT INTO t SELECT 4611686018427387904 + i, repeat('x', 100) FROM generate_series(1, 10000) i",
                "INSERT INTO t VALUES (-9223372036854775808, ''), (9223372036854775807, ''), (1099511627776, '')");
        Map<Long, String> parts = parts(20_003);
        assertThat(parts).hasSizeGreaterThan(20);
        assertThat(parts.values()).allSatisfy(rows -> assertThat(rows.length()).isLessThan(16 * (int) BYTES));
    }

    @Test
    void anyOtherKeyIsCutWhereItsHashSays() throws Exception {
        server.execute(database, "CREATE TABLE t (a text, b uuid, v text, PRIMARY KEY (a, b))",
                "INSERT INTO t SELECT 'it''s \\ ' || i % 100, md5(i::text)::uuid, repeat('x', 100) FROM generate_series(1, 30000) i");
        Map<Long, String> before = parts(30_000);
        assertThat(before).hasSizeBetween(20, 400);
        server.execute(database, "UPDATE t SET v = repeat('y', 100) WHERE b = md5('77')::uuid");
        assertThat(changed(before, parts(30_000))).hasSize(1);
        server.execute(database, "INSERT INTO t VALUES ('a', gen_random_uuid(), 'x')",
                "DELETE FROM t WHERE b = md5('99')::uuid");
        assertThat(changed(before, parts(30_000))).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void aColumnOfTheKeyMayHaveAnyName() throws Exception {
        server.execute(database, "CREATE TABLE t (hash varchar(40) COLLATE \"C\" PRIMARY KEY, v text)",
                "INSERT INTO t SELECT md5(i::text), repeat('x', 100) FROM generate_series(1, 5000) i");
        assertThat(parts(5000)).hasSizeGreaterThan(3);
    }

    @Test
    void withoutAKeyBlocksOfTheHeapAreParts() throws Exception {
        server.execute(database, "CREATE TABLE t (id int, v text)",
                "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i");
        Map<Long, String> before = parts(20_000);
        assertThat(before).hasSizeBetween(20, 80);
        server.execute(database, "DELETE FROM t WHERE id = 10000");
        assertThat(changed(before, parts(19_999))).hasSize(1);
    }

    @Test
    void theBestUniqueKeyStandsInForAPrimaryKey() throws Exception {
        server.execute(database, "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int UNIQUE, d int NOT NULL UNIQUE)",
                "CREATE UNIQUE INDEX ON t (a, b)", "CREATE UNIQUE INDEX ON t (a) WHERE b > 5",
                "CREATE TABLE n (c int UNIQUE)",
                "CREATE TABLE m (a int NOT NULL, v int, UNIQUE (a) INCLUDE (v))");
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
            assertThat(DatabaseCopy.DIALECT.tables(point.leader(), _ -> true)).extracting(Table::key)
                    .containsExactly(List.of("a"), List.of(), List.of("d"));
        }
    }

    /** {@return the rows of the parts of table t, by number, after checking that each row is in one of them} */
    private Map<Long, String> parts(int rows) throws Exception {
        Map<Long, String> parts = new TreeMap<>();
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
            Table table = DatabaseCopy.DIALECT.tables(point.leader(), _ -> true).getFirst();
            for (Map.Entry<Part, byte[]> part : DatabaseCopy.rows(point.readers().getFirst(), table, BYTES)
                    .entrySet()) {
                assertThat(part.getKey().number()).isBetween(0L, (1L << 47) - 1);
                assertThat(parts.put(part.getKey().number(), new String(part.getValue(), UTF_8))).isNull();
            }
        }
        List<String> lines = new ArrayList<>(parts.values().stream().flatMap(String::lines).toList());
        assertThat(lines).hasSize(rows).doesNotHaveDuplicates();
        return parts;
    }

    private static Set<Long> changed(Map<Long, String> before, Map<Long, String> after) {
        Set<Long> numbers = new HashSet<>(before.keySet());
        numbers.addAll(after.keySet());
        numbers.removeIf(number -> before.getOrDefault(number, "").equals(after.getOrDefault(number, "")));
        return numbers;
    }
}
