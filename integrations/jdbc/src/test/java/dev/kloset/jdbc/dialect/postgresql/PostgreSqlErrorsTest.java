package dev.kloset.jdbc.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kloset.ErrorTable;
import dev.kloset.Plugin;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import dev.kloset.jdbc.servers.PostgresServer;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user reads when a real server refuses. */
class PostgreSqlErrorsTest {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.execute("postgres", "CREATE ROLE with_password LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
                "CREATE ROLE tls_only LOGIN", "CREATE ROLE idle");
        ErrorTable.Builder table = ErrorTable.builder();
        PostgreSqlErrors.addTo(table);
        Plugin.builder("test")
                .importer("test", _ -> {
                    throw new UnsupportedOperationException("only its errors are used");
                })
                .errors(table.build())
                .build();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aWrongPasswordIsCalledSo() {
        assertThat(sentence("postgres", "with_password", "wr0ng-0ne"))
                .isEqualTo(
                        "the server does not accept this user and password; check the settings username and password");
        assertThat(sentence("postgres", "with_password", "")).contains("wants a password");
        assertThat(sentence("postgres", "with_password", PostgresServer.PASSWORD)).isEmpty();
    }

    @Test
    void anUnknownDatabaseIsCalledSo() {
        assertThat(sentence("nowhere", "postgres", ""))
                .isEqualTo("the server has no database of this name; check the location");
    }

    @Test
    void aRoleThatMayNotLogInIsCalledSo() {
        assertThat(sentence("postgres", "idle", "")).contains("does not let this user in");
    }

    @Test
    void aServerThatWantsTlsIsCalledSo() {
        assertThat(sentence("postgres", "tls_only", "")).contains("wants TLS", "sslmode=require");
    }

    @Test
    void aRestartInTheMiddleIsOneSentence() throws Exception {
        String database = server.newDatabase();
        server.execute(database, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 50000) i");
        try (Point point = DatabaseCopy.DIALECT.point(server.connections(database), DatabaseCopy.SETTINGS, _ -> true)) {
            Table table = DatabaseCopy.DIALECT.tables(point.leader(), _ -> true).getFirst();
            try (InputStream rows = DatabaseCopy.DIALECT.read(point.readers().getFirst(), table, Part.whole())) {
                assertThat(rows.readNBytes(1000)).hasSize(1000);
                server.restart();
                Throwable failure = catchThrowable(rows::readAllBytes);
                assertThat(failure).isInstanceOf(IOException.class);
                assertThat(Sentence.of(failure)).startsWith("cannot read public.t: the ")
                        .contains("server")
                        .doesNotContain("xxx");
            }
            assertThat(Sentence.of(catchThrowable(point::check))).contains("server");
        }
        server.execute(database, "DROP TABLE t");
    }

    @Test
    void rowsThatAServerMayHaveLostWhenItWentDownFailTheRestore() throws Exception {
        String database = server.newDatabase();
        try (Connection witness = server.connect(database); Connection loading = server.connect(database)) {
            DatabaseCopy.DIALECT.prepare(witness);
            DatabaseCopy.DIALECT.prepare(loading);
            Sql.run(loading, "CREATE TABLE public.t (id int PRIMARY KEY)");
            assertThat(synchronousCommit(loading)).isEqualTo("off");
            DatabaseCopy.DIALECT.settle(witness);
            assertThat(synchronousCommit(witness)).isEqualTo("on");
            server.restart();
            assertThatThrownBy(() -> DatabaseCopy.DIALECT.settle(witness)).isInstanceOf(SQLException.class);
        }
    }

    private static String synchronousCommit(Connection connection) throws SQLException {
        return Sql.one(connection, "SHOW synchronous_commit", row -> row.getString(1));
    }

    @Test
    void aPortWithoutServerIsASentence() throws Exception {
        try (ReservedPorts closed = ReservedPorts.reserve(1)) {
            Throwable refused = catchThrowable(
                    () -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + closed.port(0) + "/x", "u",
                            "p"));
            assertThat(Sentence.of(refused)).contains("refused").doesNotContain("\n");
        }
    }

    private static String sentence(String database, String user, String password) {
        Throwable failure = catchThrowable(
                () -> DriverManager.getConnection(server.url(database), user, password).close());
        return failure == null ? "" : Sentence.of(failure);
    }
}
