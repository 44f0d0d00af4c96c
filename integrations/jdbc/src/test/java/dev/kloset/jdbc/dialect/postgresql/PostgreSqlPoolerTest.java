package dev.kloset.jdbc.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.servers.PgBouncer;
import dev.kloset.jdbc.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What holds if another program shares our sessions out among its clients. */
class PostgreSqlPoolerTest {

    @Test
    void aPointHoldsBehindAPoolerOfTransactionsAndWhatNeedsSessionsIsRefused() throws Exception {
        try (PostgresServer server = PostgresServer.start(); PgBouncer pooler = PgBouncer.before(server)) {
            String database = server.newDatabase();
            server.execute(database, "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            Connections connections = connections(pooler.url(database));
            try (Point point = DatabaseCopy.DIALECT.point(connections, DatabaseCopy.SETTINGS, _ -> true)) {
                server.execute(database, "INSERT INTO t VALUES (2)");
                Table table = DatabaseCopy.DIALECT.tables(point.leader(), _ -> true).getFirst();
                for (Connection reader : point.readers()) {
                    assertThat(DatabaseCopy.rows(reader, table, Long.MAX_VALUE).values())
                            .containsExactly(new byte[]{ '1', '\n' });
                }
                assertThat(DatabaseCopy.DIALECT.scripts(point, List.of(table), DdlSource.TOOL).before()).isNotEmpty();
                assertThat(point.facts()).containsEntry("pooler", "true");
            }
            assertRefusals(connections);
        }
    }

    private static void assertRefusals(Connections connections) throws Exception {
        PointSettings none = new PointSettings(Consistency.NONE, 2, Duration.ofSeconds(10));
        assertThatThrownBy(() -> DatabaseCopy.DIALECT.point(connections, none, _ -> true))
                .hasMessageStartingWith(
                        "consistency=none needs sessions of its own, and there is a pooler such as PgBouncer");
        try (Connection connection = connections.open()) {
            assertThatThrownBy(() -> DatabaseCopy.DIALECT.run(connection, List.of("SELECT 1")))
                    .hasMessageStartingWith("a restore needs sessions of its own");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW bytea_output")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("hex");
            }
        }
    }

    private static Connections connections(String url) {
        return new Connections() {
            @Override
            public Connection open() throws SQLException {
                Properties properties = new Properties();
                properties.putAll(DatabaseCopy.DIALECT.driverProperties());
                properties.putAll(login());
                return DriverManager.getConnection(url, properties);
            }

            @Override
            public Map<String, String> login() {
                return Map.of("user", "postgres");
            }
        };
    }
}
