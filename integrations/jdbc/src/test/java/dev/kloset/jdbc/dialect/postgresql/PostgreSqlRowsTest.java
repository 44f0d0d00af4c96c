package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.servers.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows there and back, on a real server. */
class PostgreSqlRowsTest {

    private static PostgresServer server;
    private String source;
    private String target;

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
        source = server.newDatabase();
        target = server.newDatabase();
    }

    @Test
    void valuesOfEveryKindComeBackAsTheyWere() throws Exception {
        server.execute(source,
                """
                        CREATE TABLE kinds (id int PRIMARY KEY, b boolean, n numeric, f float8, r real, t text, c char(5), x bytea, d date,
                            ts timestamp, tz timestamptz, i interval, u uuid, j jsonb, a text[], m money, p point, v bit(5), net inet, "o" oid)""",
                """
                        INSERT INTO kinds VALUES
                            (1, true, 'NaN', 'NaN', '-Infinity', E'tab\\tnew\\nline\\\\N', 'ab', '\\xff00fe5c', '0044-03-15 BC',
                             '0044-03-15 12:00 BC', '0044-03-15 12:00+05 BC', '-1 year 2 mons -3 days 04:05:06.789', gen_random_uuid(),
                             '{"a": [1, null, "\\\\"]}', ARRAY['x', NULL, 'NULL', '"', ''], '12.34', '(1.5,-2)', B'10101', '::1/64', 5),
                            (2, false, 1e-100, 5e-324, 'Infinity', '', '', '', 'infinity', '-infinity', 'infinity', '0', NULL, 'null', '{}', '-1', NULL,
                             NULL, NULL, NULL),
                            (3, NULL, 123456789012345678901234567890.12345, 0.1, 0.1, '\\N', NULL, NULL, 'epoch', NULL, NULL, NULL, NULL, NULL, NULL,
                             NULL, NULL, NULL, NULL, NULL)""");
        copy();
        assertThat(checksum(target, "kinds")).isEqualTo(checksum(source, "kinds"));
        assertThat(count(target, "kinds")).isEqualTo(3);
    }

    @Test
    void textDoesNotDependOnTheSettingsOfServerAndRole() throws Exception {
        server.execute(source,
                "CREATE TABLE t (id int PRIMARY KEY, z timestamptz, i interval, x bytea, f float8, m money)",
                "INSERT INTO t VALUES (1, '2026-01-02 03:04:05+00', '1 day 2 hours', '\\xff', 0.1, '1.5')");
        byte[] before = rows("t");
        server.execute(source, "ALTER DATABASE " + source + " SET datestyle = 'German'", "ALTER DATABASE " + source
                + " SET intervalstyle = 'iso_8601'", "ALTER DATABASE " + source + " SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE " + source + " SET bytea_output = 'escape'",
                "ALTER DATABASE " + source + " SET extra_float_digits = -5",
                "ALTER DATABASE " + source + " SET statement_timeout = '3s'",
                "ALTER DATABASE " + source + " SET search_path = public");
        assertThat(new String(rows("t"), UTF_8)).isEqualTo(new String(before, UTF_8))
                .isEqualTo("1\t2026-01-02 03:04:05+00\t1 day 02:00:00\t\\\\xff\t0.1\t$1.50\n");
    }

    @Test
    void namesWithSpaceQuoteSlashAndTildeWork() throws Exception {
        server.execute(source, "CREATE SCHEMA \"sch~ema / \"\"x\"\"\"",
                "CREATE TABLE \"sch~ema / \"\"x\"\"\".\"a 'b' / ~ \"\"c\"\"\" (\"select '\" int PRIMARY KEY, \"ü \\ $1\" text)",
                "INSERT INTO \"sch~ema / \"\"x\"\"\".\"a 'b' / ~ \"\"c\"\"\" VALUES (1, 'x')");
        DatabaseCopy copy = copy();
        assertThat(copy.tables()).singleElement()
                .satisfies(table -> assertThat(table.name().name()).isEqualTo("a 'b' / ~ \"c\""));
        assertThat(count(target, "\"sch~ema / \"\"x\"\"\".\"a 'b' / ~ \"\"c\"\"\"")).isEqualTo(1);
    }

    @Test
    void aTableMayHave1600Columns() throws Exception {
        String columns = IntStream.range(0, 1600).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        String values = IntStream.range(0, 1600).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        server.execute(source, "CREATE TABLE wide (" + columns + ")", "INSERT INTO wide VALUES (" + values + ")");
        assertThat(copy().table("wide").columns()).hasSize(1600);
        assertThat(checksum(target, "wide")).isEqualTo(checksum(source, "wide"));
    }

    @Test
    void tablesMayBeWithoutRowsAndWithoutColumns() throws Exception {
        server.execute(source, "CREATE TABLE empty (id int PRIMARY KEY)", "CREATE TABLE bare ()",
                "INSERT INTO bare DEFAULT VALUES", "INSERT INTO bare DEFAULT VALUES");
        copy();
        assertThat(count(target, "empty")).isZero();
        assertThat(count(target, "bare")).isEqualTo(2);
    }

    @Test
    void generatedAndIdentityColumnsAndPartitionsComeBack() throws Exception {
        server.execute(source,
                """
                        CREATE TABLE parent (id bigint GENERATED ALWAYS AS IDENTITY, day date NOT NULL, cents int,
                            euros numeric GENERATED ALWAYS AS (cents / 100.0) STORED, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)""",
                "CREATE TABLE p2025 PARTITION OF parent FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                "CREATE TABLE others PARTITION OF parent DEFAULT",
                "INSERT INTO parent (day, cents) VALUES ('2025-05-05', 150), ('2030-01-01', 250)",
                "CREATE TABLE base (a int)", "CREATE TABLE child (b int) INHERITS (base)",
                "INSERT INTO base VALUES (1)",
                "INSERT INTO child VALUES (2, 3)", "CREATE UNLOGGED TABLE quick (a int)",
                "INSERT INTO quick VALUES (7)");
        DatabaseCopy copy = copy();
        assertThat(copy.table("p2025").columns()).filteredOn(column -> column.isGenerated()).hasSize(1);
        assertThat(copy.tables()).extracting(table -> table.name().name())
                .containsExactly("base", "child", "others", "p2025", "quick");
        for (String table : new String[]{ "parent", "p2025", "others", "base", "ONLY base", "child", "quick" }) {
            assertThat(checksum(target, table)).as(table).isEqualTo(checksum(source, table));
        }
        server.execute(target, "INSERT INTO parent (day, cents) VALUES ('2025-06-06', 1)");
        assertThat(count(target, "parent")).isEqualTo(3);
    }

    @Test
    void circularForeignKeysAreNoObstacle() throws Exception {
        server.execute(source, "CREATE TABLE a (id int PRIMARY KEY, b int)",
                "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a)",
                "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
                "INSERT INTO a VALUES (1, NULL)", "INSERT INTO b VALUES (1, 1)", "UPDATE a SET b = 1");
        copy();
        assertThat(checksum(target, "a")).isEqualTo(checksum(source, "a"));
        assertThatThrownBy(() -> server.execute(target, "UPDATE a SET b = 99")).hasMessageContaining("foreign key");
    }

    @Test
    void rowsReplaceThoseWithTheSameKey() throws Exception {
        server.execute(source,
                "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, k text, v text, PRIMARY KEY (id, k))",
                "INSERT INTO t (k, v) VALUES ('a', 'old'), ('b', 'kept')");
        Table table = tables(source).getFirst();
        try (Connection connection = server.connect(source)) {
            DatabaseCopy.DIALECT.prepare(connection);
            long count = DatabaseCopy.DIALECT.write(connection, table, stream("1\ta\tnew\n3\tc\tmore\n"),
                    WriteMode.UPSERT);
            assertThat(count).isEqualTo(2);
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(new String(rows("t"), UTF_8)).isEqualTo("1\ta\tnew\n2\tb\tkept\n3\tc\tmore\n");
    }

    @Test
    void ofAPartThatFailsNoRowStays() throws Exception {
        server.execute(source, "CREATE TABLE t (id int PRIMARY KEY)");
        Table table = tables(source).getFirst();
        try (Connection connection = server.connect(source)) {
            assertThatThrownBy(
                    () -> DatabaseCopy.DIALECT.write(connection, table, stream("1\n2\n1\n"), WriteMode.INSERT))
                    .hasMessageContaining("duplicate key");
            DatabaseCopy.DIALECT.write(connection, table, stream("5\n"), WriteMode.INSERT);
        }
        assertThat(new String(rows("t"), UTF_8)).isEqualTo("5\n");
    }

    @Test
    void largeValuesComeInSlicesAndAreTheSameBytes() throws Exception {
        server.execute(source,
                "CREATE TABLE t (id int PRIMARY KEY, b boolean, c char(5), n text, x bytea, t text, j jsonb)",
                """
                        INSERT INTO t SELECT i, true, 'ab', NULL, decode(repeat(md5(i::text), 100000 * i), 'hex'),
                            repeat(E'tab\\t and \\\\ and \u00e4\n', 70000 * i), to_jsonb(array_fill(i, ARRAY[200000 * i])) FROM generate_series(1, 2) i""",
                "INSERT INTO t VALUES (4, false, '', '', '', '', '{}')", "INSERT INTO t VALUES (5)");
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(source), DatabaseCopy.SETTINGS, _ -> true)) {
            Connection reader = point.readers().getFirst();
            Table table = DatabaseCopy.DIALECT.tables(reader, _ -> true).getFirst();
            var parts = DatabaseCopy.rows(reader, table, Long.MAX_VALUE);
            assertThat(parts.keySet()).allMatch(WideValues::isMarked);
            try (InputStream whole = DatabaseCopy.DIALECT.read(reader, table, Part.whole())) {
                assertThat(parts.values()).containsExactly(whole.readAllBytes());
            }
        }
        copy();
        assertThat(checksum(target, "t")).isEqualTo(checksum(source, "t"));
    }

    @Test
    void valuesLargerThanTheHeapGoThrough() throws Exception {
        String table = "CREATE TABLE t (id int PRIMARY KEY, x bytea, t text)";
        server.execute(target, table);
        server.execute(source, table,
                "INSERT INTO t SELECT 1, decode(repeat(md5('x'), 700000), 'hex'), repeat('0123456789', 1000000)",
                "INSERT INTO t SELECT i, '', repeat('x', 1000) FROM generate_series(2, 20000) i");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                server.url(source), server.url(target)).inheritIO().start();
        assertThat(process.waitFor()).isZero();
        assertThat(checksum(target, "t")).isEqualTo(checksum(source, "t"));
    }

    @Test
    void aReaderThatStopsInTheMiddleReadsOtherPartsAfterwards() throws Exception {
        server.execute(source, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(source), DatabaseCopy.SETTINGS, _ -> true)) {
            Connection reader = point.readers().getFirst();
            Table table = DatabaseCopy.DIALECT.tables(reader, _ -> true).getFirst();
            server.execute(source, "DELETE FROM t");
            InputStream first = DatabaseCopy.DIALECT.read(reader, table, Part.whole());
            assertThat(first.readNBytes(10)).hasSize(10);
            first.close();
            assertThatThrownBy(first::read).isInstanceOf(IOException.class).hasMessageContaining("public.t");
            assertThatThrownBy(() -> DatabaseCopy.DIALECT.read(reader, table, new Part(1, "no_such_column = 1")))
                    .hasMessageContaining("no_such_column");
            assertThat(DatabaseCopy.rows(reader, table, Long.MAX_VALUE).values().iterator().next())
                    .hasSizeGreaterThan(20_000_000);
        }
    }

    @Test
    void withoutATransactionRowsAreReadAsWell() throws Exception {
        server.execute(source, "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        PointSettings settings = new PointSettings(Consistency.NONE, 2, Duration.ofSeconds(10));
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(source), settings, _ -> true)) {
            Connection reader = point.readers().getFirst();
            assertThat(reader.getAutoCommit()).isTrue();
            Table table = DatabaseCopy.DIALECT.tables(reader, _ -> true).getFirst();
            server.execute(source, "INSERT INTO t VALUES (2)");
            assertThat(DatabaseCopy.rows(reader, table, Long.MAX_VALUE)).hasValueSatisfying(
                    new org.assertj.core.api.Condition<>(rows -> new String(rows, UTF_8).equals("1\n2\n"),
                            "both rows"));
            assertThat(point.warnings()).anyMatch(warning -> warning.startsWith("consistency is none"));
        }
    }

    @Test
    void kindsSayWhatOtherDatabasesMakeOfATypeAndOfADomainOverIt() throws Exception {
        server.execute(source, "CREATE DOMAIN cents AS bigint", "CREATE TYPE mood AS ENUM ('a')",
                "CREATE TABLE t (a cents, b timestamptz, c json, d mood, e numeric(10,2) NOT NULL)");
        assertThat(tables(source).getFirst().columns()).extracting(column -> column.kind())
                .containsExactly(ColumnKind.INTEGER, ColumnKind.TIMESTAMP_WITH_ZONE, ColumnKind.JSON, ColumnKind.OTHER,
                        ColumnKind.DECIMAL);
        assertThat(tables(source).getFirst().columns()).extracting(column -> column.isNullable())
                .containsExactly(true, true, true, true, false);
    }

    private DatabaseCopy copy() throws Exception {
        DatabaseCopy copy = DatabaseCopy.of(server, source, DdlSource.CATALOG);
        assertThat(copy.scripts().lost()).isEmpty();
        copy.restore(server, target);
        return copy;
    }

    private byte[] rows(String name) throws Exception {
        DatabaseCopy copy = DatabaseCopy.of(server, source, DdlSource.CATALOG);
        return copy.rowsOf(copy.table(name)).values().iterator().next();
    }

    private static java.util.List<Table> tables(String database) throws Exception {
        try (Connection connection = server.connect(database)) {
            return DatabaseCopy.DIALECT.tables(connection, _ -> true);
        }
    }

    private static InputStream stream(String rows) {
        return new ByteArrayInputStream(rows.getBytes(UTF_8));
    }

    private static String checksum(String database, String table) throws Exception {
        return ask(database,
                "SELECT md5(coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '')) FROM " + table + " r");
    }

    private static long count(String database, String table) throws Exception {
        return Long.parseLong(ask(database, "SELECT count(*)::text FROM " + table));
    }

    private static String ask(String database, String sql) throws Exception {
        try (Connection connection = server.connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
