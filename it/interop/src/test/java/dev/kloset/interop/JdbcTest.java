package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database, backed up and restored by the real Plakar with the package of {@code jdbc}. */
class JdbcTest {

    private static final String ORDERS = "/20-tables/PUBLIC/ORDERS";

    @TempDir
    Path directory;

    private String url(String database) {
        return "jdbc:h2:" + directory.resolve(database);
    }

    /** H2 lets one process at a time have a database, so each connection is closed before Plakar starts. */
    private void run(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private String value(String database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database) + ";IFEXISTS=TRUE");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private void makeShop() throws SQLException {
        run("shop", "CREATE TABLE CUSTOMERS (ID INT PRIMARY KEY, NAME VARCHAR(50) NOT NULL)",
                "CREATE TABLE ORDERS (ID INT PRIMARY KEY, CUSTOMER INT NOT NULL REFERENCES CUSTOMERS, NOTE VARCHAR)",
                "CREATE VIEW DEAR AS SELECT * FROM ORDERS WHERE ID > 4000",
                "INSERT INTO CUSTOMERS SELECT X, 'customer ' || X FROM SYSTEM_RANGE(1, 100)",
                "INSERT INTO ORDERS SELECT X, MOD(X, 100) + 1, REPEAT('note ' || X, 20) FROM SYSTEM_RANGE(1, 5000)");
    }

    @Test
    void aDatabaseComesBackWholeAndInPart() throws Exception {
        makeShop();
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.install(Programs.root().resolve("integrations/jdbc/target/image"));
            Repository repository = plakar.at(directory.resolve("repository").toString()).create();

            Snapshot first = repository.backup(url("shop"));

            assertThat(first.list()).anyMatch(line -> line.contains(ORDERS + "/00-table.json"));
            first.check();
            first.restore(url("copy"));
            String sum = "SELECT COUNT(*) || ' ' || SUM(ORA_HASH(ID || NOTE)) FROM ORDERS";
            assertThat(value("copy", sum)).isEqualTo(value("shop", sum));
            assertThat(value("copy", "SELECT COUNT(*) FROM DEAR")).isEqualTo("1000");

            repository.ok("restore", "-to", url("alone"), first.id() + ":" + ORDERS);
            assertThat(value("alone", sum)).isEqualTo(value("shop", sum));
            assertThat(value("alone", "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
                    .isEqualTo("1");

            Outcome refused = repository.run("restore", "-to", url("copy"), first.id());
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.text()).contains("PUBLIC.CUSTOMERS", "mode=create does not touch what exists");
            assertThat(value("copy", sum)).isEqualTo(value("shop", sum));
        }
    }

    /** Plakar says which entries it opens, so it is seen that no other table takes any time. */
    @Test
    void oneTableOfTwoHundredComesAlone() throws Exception {
        run("many", IntStream.range(0, 200)
                .mapToObj(i -> "CREATE TABLE T" + i + " (ID INT PRIMARY KEY, V VARCHAR) AS SELECT X, 'row ' || X * " + i
                        + " FROM SYSTEM_RANGE(1, 500)")
                .toArray(String[]::new));
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.install(Programs.root().resolve("integrations/jdbc/target/image"));
            Repository repository = plakar.at(directory.resolve("repository").toString()).create();
            Snapshot snapshot = repository.backup(url("many"));

            Outcome restored = repository.ok("restore", "-to", url("alone"),
                    snapshot.id() + ":/20-tables/PUBLIC/T117");

            assertThat(restored.lines().stream().filter(line -> line.contains("OK")).map(JdbcTest::path))
                    .containsExactlyInAnyOrder("/", "/00-table.json", "/10-table.sql", "/20-data",
                            "/20-data/00000000000000", "/20-data/00000000000000/00.tsv.gz", "/90-after.sql",
                            "/99-check.json");
            String sum = "SELECT COUNT(*) || ' ' || SUM(ORA_HASH(ID || V)) FROM T117";
            assertThat(value("alone", sum)).isEqualTo(value("many", sum)).startsWith("500 ");
            assertThat(value("alone", "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
                    .isEqualTo("1");
        }
    }

    private static String path(String line) {
        return line.substring(line.indexOf('/'));
    }

    @Test
    void aBackupThatCannotBeMadeFailsWithASentence() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.install(Programs.root().resolve("integrations/jdbc/target/image"));
            Repository repository = plakar.at(directory.resolve("repository").toString()).create();

            Outcome absent = repository.run("backup", url("nowhere"));
            assertThat(absent.exit()).isNotZero();
            assertThat(absent.text()).contains("nowhere", "check the name of the database in the location");

            Outcome secret = repository.run("backup", "jdbc:postgresql://127.0.0.1:1/shop?password=tr0mbone");
            assertThat(secret.exit()).isNotZero();
            assertThat(secret.text()).contains("put it into the setting \"password\"");
            assertThat(repository.snapshotIds()).isEmpty();
        }
    }
}
