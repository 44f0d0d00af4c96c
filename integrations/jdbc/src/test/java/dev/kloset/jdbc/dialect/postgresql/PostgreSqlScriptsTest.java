package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.servers.PostgresServer;
import java.io.InputStream;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same objects on both sides, as pg_dump sees them, with one of each kind. */
class PostgreSqlScriptsTest {

    private static PostgresServer server;
    private String source;
    private String target;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.execute("postgres", "CREATE ROLE kloset_reader", "CREATE ROLE kloset_owner");
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
        execute("ordinary.sql");
    }

    @Test
    void pgDumpSeesTheSameWithOneObjectOfEachKindWhenItWroteTheScripts() throws Exception {
        execute("others.sql");
        DatabaseCopy copy = DatabaseCopy.of(server, source, DdlSource.TOOL);
        copy.restore(server, target);
        assertThat(schema(target)).isEqualTo(schema(source));
        assertSameRows(copy);
        dropSubscriptions();
    }

    @Test
    void pgDumpSeesTheSameWithTheOrdinaryObjectsWhenWeReadTheCatalogue() throws Exception {
        DatabaseCopy copy = DatabaseCopy.of(server, source, DdlSource.CATALOG);
        assertThat(copy.scripts().lost()).isEmpty();
        copy.restore(server, target);
        assertThat(schema(target)).isEqualTo(schema(source));
        assertSameRows(copy);
    }

    @Test
    void whatTheCatalogueCannotExpressIsListed() throws Exception {
        execute("others.sql");
        List<String> lost = DatabaseCopy.of(server, source, DdlSource.CATALOG).scripts().lost();
        for (String name : List.of("app.lengths", "app.german", "app.conversion", "app.total", "app.+@", "app.family",
                "app.class",
                "app.dictionary", "app.configuration", "app.parser", "app.template", "heap2", "plother", "wrapper",
                "far",
                "app.distant", "app.typed", "watcher", "people: publication", "lonely", "cast", "default acl",
                "user mapping")) {
            assertThat(lost).as(name).anyMatch(sentence -> sentence.contains(name));
        }
        dropSubscriptions();
    }

    @Test
    void largeObjectsAreListedWithPgDumpToo() throws Exception {
        server.execute(source, "SELECT lo_from_bytea(0, 'x')");
        assertThat(DatabaseCopy.of(server, source, DdlSource.TOOL).scripts().lost())
                .containsExactly("1 large objects (pg_largeobject): only rows of tables are backed up");
    }

    @Test
    void aTableAloneBringsItsTypesSequencesKeysAndIndexes() throws Exception {
        server.execute(source, "DROP POLICY mine ON app.people", "DROP TRIGGER touch ON app.people",
                "DROP TRIGGER idle ON app.people",
                "ALTER TABLE app.people DROP COLUMN doubled, DROP COLUMN bag");
        DatabaseCopy copy = DatabaseCopy.of(server, source, DdlSource.CATALOG);
        restoreAlone(copy, copy.table("people"));
        restoreAlone(copy, copy.table("child"));
        restoreAlone(copy, copy.table("events_2025_1"));
        assertThat(ask(target,
                "SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY indexrelid::regclass::text COLLATE \"C\") FROM pg_index"
                        + " WHERE indrelid = 'app.people'::regclass"))
                .isEqualTo("app.by_mood app.name_and_mood app.people_pkey");
        server.execute(target, "INSERT INTO app.people (name) VALUES ('next')");
        assertThat(ask(target, "SELECT id || ' ' || serial_no FROM app.people WHERE name = 'next'"))
                .isEqualTo("150 51");
        assertThat(ask(target, "SELECT obj_description('app.people'::regclass)")).isEqualTo("people");
        assertThat(checksum(target, "app.child")).isEqualTo(checksum(source, "app.child"));
    }

    @Test
    void settingsOfTheDatabaseGoToTheOneThatIsRestoredInto() throws Exception {
        server.execute(source, "ALTER DATABASE " + source + " SET search_path = app, \"odd %I name\"",
                "ALTER DATABASE " + source
                        + " SET application_name = 'it''s 100%'",
                "ALTER ROLE kloset_reader IN DATABASE " + source + " SET work_mem = '5MB'");
        DatabaseCopy.of(server, source, DdlSource.TOOL).restore(server, target);
        String settings = "SELECT string_agg(setrole::text || setconfig::text, ' ' ORDER BY setrole) FROM pg_db_role_setting"
                + " WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())";
        // Their order is that in which they were set.
        assertThat(ask(target, settings).chars().sorted().toArray())
                .isEqualTo(ask(source, settings).chars().sorted().toArray());
    }

    @Test
    void aForeignKeyToAnExcludedTableIsListedAndLeftOut() throws Exception {
        for (DdlSource source : List.of(DdlSource.TOOL, DdlSource.CATALOG)) {
            String database = server.newDatabase();
            DatabaseCopy copy = DatabaseCopy.of(server, this.source, source, table -> !table.name().equals("people"));
            assertThat(copy.scripts().lost()).containsExactlyInAnyOrder(
                    "app.friends: its foreign key friends_one_fkey needs the excluded table app.people",
                    "app.friends: its foreign key late needs the excluded table app.people");
            copy.restore(server, database);
            assertThat(checksum(database, "app.friends")).isEqualTo(checksum(this.source, "app.friends"));
        }
    }

    @Test
    void sequencesGoOnWhereTheyWere() throws Exception {
        DatabaseCopy.of(server, source, DdlSource.CATALOG).restore(server, target);
        assertThat(ask(target, "SELECT nextval('app.counter')"))
                .isEqualTo(ask(source, "SELECT nextval('app.counter')"));
    }

    @Test
    void aStatementThatFailsIsNamedByItsFirstWordsOnly() throws Exception {
        try (Connection connection = server.connect(target)) {
            assertThatThrownBy(() -> DatabaseCopy.DIALECT.run(connection,
                    List.of("CREATE SCHEMA fine", "ALTER SCHEMA fine OWNER TO missing", "SELECT 1")))
                    .hasMessage("cannot run \"ALTER SCHEMA fine OWNER TO missing\"")
                    .cause()
                    .hasMessageContaining("missing");
            assertThatThrownBy(() -> DatabaseCopy.DIALECT.run(connection,
                    List.of("CREATE SUBSCRIPTION s CONNECTION 'password=hidden' PUBLICATION p")))
                    .hasMessage("cannot run \"CREATE SUBSCRIPTION s CONNECTION …\"");
        }
    }

    @Test
    void pgDumpLogsInWithAPasswordThatNoArgumentShows() throws Exception {
        server.execute(source,
                "DO $$BEGIN CREATE ROLE with_password LOGIN SUPERUSER PASSWORD '" + PostgresServer.PASSWORD
                        + "'; EXCEPTION WHEN duplicate_object THEN NULL; END$$");
        try (var point = DatabaseCopy.DIALECT.point(server.connections(source, "with_password"), DatabaseCopy.SETTINGS,
                _ -> true)) {
            Scripts scripts = DatabaseCopy.DIALECT.scripts(point, List.of(), DdlSource.TOOL);
            assertThat(scripts.before()).anyMatch(statement -> statement.startsWith("CREATE TABLE app.people"));
        }
    }

    private void restoreAlone(DatabaseCopy copy, Table table) throws Exception {
        TableName name = table.name();
        try (Connection connection = server.connect(target)) {
            DatabaseCopy.DIALECT.run(connection, Objects.requireNonNull(copy.scripts().tables().get(name)));
            DatabaseCopy.write(connection, table, copy.rowsOf(table));
            DatabaseCopy.DIALECT.run(connection, Objects.requireNonNull(copy.scripts().tableAfter().get(name)));
        }
    }

    private void assertSameRows(DatabaseCopy copy) throws Exception {
        for (Table table : copy.tables()) {
            String name = "\"" + table.name().schema() + "\".\"" + table.name().name().replace("\"", "\"\"") + "\"";
            assertThat(checksum(target, name)).as(name).isEqualTo(checksum(source, name));
        }
        assertThat(checksum(target, "app.a_counted_again")).isEqualTo(checksum(source, "app.a_counted_again"));
    }

    /** As it slows the server's end down, and keeps its database. */
    private void dropSubscriptions() throws Exception {
        for (String database : List.of(source, target)) {
            server.execute(database,
                    "DO $$BEGIN ALTER SUBSCRIPTION lonely SET (slot_name = NONE); EXCEPTION WHEN undefined_object"
                            + " THEN NULL; END$$",
                    "DROP SUBSCRIPTION IF EXISTS lonely");
        }
    }

    private void execute(String script) throws Exception {
        try (InputStream in = Objects.requireNonNull(PostgreSqlScriptsTest.class.getResourceAsStream(script))) {
            server.execute(source, new String(in.readAllBytes(), UTF_8).split(";\n"));
        }
    }

    /** {@return what pg_dump writes, without the lines that are new in each run} */
    private static String schema(String database) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                PostgresServer.programs().orElseThrow().resolve("pg_dump").toString(), "--schema-only",
                "-h", "127.0.0.1", "-p", Integer.toString(server.port()), "-U", "postgres", database);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String dump = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return dump.lines().filter(line -> !line.startsWith("\\")).collect(Collectors.joining("\n"));
    }

    private static String checksum(String database, String table) throws Exception {
        return ask(database,
                "SELECT md5(coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '')) FROM ONLY " + table + " r");
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
