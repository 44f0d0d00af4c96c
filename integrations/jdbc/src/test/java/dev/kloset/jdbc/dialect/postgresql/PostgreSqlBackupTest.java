package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.Snapshot;
import dev.kloset.jdbc.servers.PostgresServer;
import dev.kloset.support.Sentence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Importer and exporter with a real server. */
class PostgreSqlBackupTest {

    private static final String ORDERS = "/20-tables/shop/orders";

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
        server.execute(source, "CREATE SCHEMA shop", "CREATE TYPE shop.state AS ENUM ('new', 'paid')",
                "CREATE TABLE shop.customers (id serial PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE shop.orders (id serial PRIMARY KEY, customer int REFERENCES shop.customers, state shop.state, note text)",
                "CREATE TABLE shop.\"a / ~ 'b'\" (x int)", "CREATE INDEX by_customer ON shop.orders (customer)",
                "CREATE VIEW shop.paid AS SELECT * FROM shop.orders WHERE state = 'paid'",
                "INSERT INTO shop.customers (name) SELECT 'customer ' || i FROM generate_series(1, 100) i",
                "INSERT INTO shop.orders (customer, state, note) SELECT i % 100 + 1, 'new', repeat('x', 100) FROM generate_series(1, 10000) i",
                "INSERT INTO shop.\"a / ~ 'b'\" SELECT generate_series(1, 1000)");
    }

    @Test
    void aDatabaseComesBackWithItsRowsViewsKeysAndSequences() throws Exception {
        assertThat(Snapshot.of(settings(source)).restore(settings(target))).isEmpty();
        for (String table : new String[]{ "shop.customers", "shop.orders", "shop.paid", "shop.\"a / ~ 'b'\"" }) {
            assertThat(checksum(target, table)).as(table).isEqualTo(checksum(source, table));
        }
        assertThat(ask(target, "SELECT nextval('shop.orders_id_seq')")).isEqualTo("10001");
        assertThatThrownBy(() -> server.execute(target, "UPDATE shop.orders SET customer = -1"))
                .hasMessageContaining("foreign key");
    }

    @Test
    void anIdleDatabaseGivesEqualBytesAndAChangedRowChangesOnePart() throws Exception {
        Map<String, byte[]> first = parts(Snapshot.of(settings(source)));
        server.execute(source, "VACUUM ANALYZE");
        Map<String, byte[]> second = parts(Snapshot.of(settings(source)));
        assertThat(second).hasSizeGreaterThan(10).containsExactlyEntriesOf(first);
        server.execute(source, "UPDATE shop.orders SET note = repeat('y', 100) WHERE id = 5000");
        Map<String, byte[]> third = parts(Snapshot.of(settings(source)));
        assertThat(third.entrySet()).filteredOn(file -> !Arrays.equals(file.getValue(), first.get(file.getKey())))
                .hasSize(1);
    }

    @Test
    void aTableComesBackAloneAlsoIntoAnotherSchema() throws Exception {
        Snapshot alone = Snapshot.of(settings(source)).below(ORDERS);
        assertThat(alone.restore(settings(target))).isEmpty();
        assertThat(checksum(target, "shop.orders")).isEqualTo(checksum(source, "shop.orders"));
        assertThat(alone.restore(settings(target, "schema_map", "shop=old"))).isEmpty();
        assertThat(checksum(target, "old.orders")).isEqualTo(checksum(source, "shop.orders"));
        server.execute(target, "DROP SCHEMA shop CASCADE");
        assertThat(ask(target, "INSERT INTO old.orders (note) VALUES ('n') RETURNING id")).isEqualTo("10001");
        assertThat(ask(target, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'old'")).isEqualTo("2");
    }

    @Test
    void existingRowsAreRefusedReplacedOrMerged() throws Exception {
        Snapshot snapshot = Snapshot.of(settings(source));
        assertThat(snapshot.restore(settings(target))).isEmpty();
        assertThatThrownBy(() -> snapshot.restore(settings(target))).satisfies(
                e -> assertThat(Sentence.of(e)).contains("has shop.a / ~ 'b', shop.customers, shop.orders already"));
        server.execute(target, "UPDATE shop.orders SET note = 'spoilt'", "DELETE FROM shop.orders WHERE id < 5000");
        assertThat(snapshot.below(ORDERS).restore(settings(target, "mode", "upsert"))).isEmpty();
        assertThat(checksum(target, "shop.orders")).isEqualTo(checksum(source, "shop.orders"));
        server.execute(target, "UPDATE shop.orders SET note = 'spoilt'");
        assertThat(snapshot.restore(settings(target, "mode", "replace"))).isEmpty();
        assertThat(checksum(target, "shop.orders")).isEqualTo(checksum(source, "shop.orders"));
        assertThat(checksum(target, "shop.customers")).isEqualTo(checksum(source, "shop.customers"));
    }

    @Test
    void aRoleThatMayOnlyReadBacksUpEverythingAndSaysWhatItMayNotSee() throws Exception {
        server.execute(source, "CREATE ROLE bk LOGIN", "GRANT pg_read_all_data TO bk");
        assertThat(Snapshot.of(settings(source, "username", "bk")).restore(settings(target))).isEmpty();
        assertThat(checksum(target, "shop.orders")).isEqualTo(checksum(source, "shop.orders"));
        server.execute(source, "CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER far FOREIGN DATA WRAPPER w",
                "CREATE USER MAPPING FOR bk SERVER far OPTIONS (password 'hidden')",
                "CREATE SUBSCRIPTION lonely CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)");
        assertThatThrownBy(() -> Snapshot.of(settings(source, "username", "bk")))
                .satisfies(e -> assertThat(Sentence.of(e))
                        .contains("far: options of the user mapping of bk", "lonely: a subscription")
                        .doesNotContain("hidden"));
    }

    @Test
    void theCatalogueDoesWithoutPgDump() throws Exception {
        assertThat(Snapshot.of(settings(source, "ddl", "catalog")).restore(settings(target))).isEmpty();
        assertThat(checksum(target, "shop.paid")).isEqualTo(checksum(source, "shop.paid"));
        assertThat(checksum(target, "shop.orders")).isEqualTo(checksum(source, "shop.orders"));
    }

    @Test
    void aBackupLeavesNoSessionBehind() throws Exception {
        Snapshot.of(settings(source));
        while (!ask(source,
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kloset' AND datname = '" + source
                        + "' AND pid <> pg_backend_pid()")
                .equals("0")) {
            Thread.onSpinWait();
        }
        server.execute(source, "DROP TABLE shop.orders CASCADE");
    }

    @Test
    void aLargeObjectFailsTheBackupUnlessItIsAccepted() throws Exception {
        server.execute(source, "SELECT lo_from_bytea(0, 'x')");
        assertThatThrownBy(() -> Snapshot.of(settings(source))).satisfies(
                e -> assertThat(Sentence.of(e)).contains("cannot be backed up: 1 large objects", "ddl_loss=accept"));
        assertThat(Snapshot.of(settings(source, "ddl_loss", "accept")).text("/00-point.json"))
                .contains("1 large objects");
    }

    @Test
    void aPasswordIsUsedAndShownNowhere() throws Exception {
        server.execute("postgres",
                "CREATE ROLE with_password LOGIN SUPERUSER PASSWORD '" + PostgresServer.PASSWORD + "'");
        Snapshot snapshot = Snapshot
                .of(settings(source, "username", "with_password", "password", PostgresServer.PASSWORD));
        assertThat(snapshot.files()).containsKey("/10-before.sql");
        snapshot.files()
                .values()
                .forEach(file -> assertThat(new String(file, UTF_8)).doesNotContain(PostgresServer.PASSWORD));
    }

    private static Map<String, String> settings(String database, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("location", server.url(database), "username", "postgres"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static Map<String, byte[]> parts(Snapshot snapshot) {
        Map<String, byte[]> parts = new TreeMap<>(snapshot.files());
        parts.keySet().removeIf(path -> !path.contains("/20-data/"));
        return parts;
    }

    private static String checksum(String database, String table) throws SQLException {
        return ask(database,
                "SELECT md5(coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '')) FROM " + table + " r");
    }

    private static String ask(String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
