package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.support.Sentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a database during its backup, and databases of odd shapes. */
class H2TrapsTest {

    @TempDir
    private Path directory;

    private H2Database h2;

    @BeforeEach
    void start() throws Exception {
        h2 = H2Database.in(directory);
    }

    @AfterEach
    void stop() {
        h2.close();
    }

    /** The backup has all rows, or it fails: never fewer. */
    private void during(String statement) throws Exception {
        h2.run("shop", "CREATE TABLE A (ID INT PRIMARY KEY)", "CREATE TABLE B (ID INT PRIMARY KEY, V VARCHAR)",
                "INSERT INTO A VALUES (1)", "INSERT INTO B SELECT X, 'row' FROM SYSTEM_RANGE(1, 1000)");
        Snapshot snapshot;
        try {
            snapshot = Snapshot.of(h2.settings("shop"), path -> {
                if (path.endsWith("/A/00-table.json")) {
                    runIfAllowed(statement);
                }
            });
        } catch (Exception e) {
            assertThat(Sentence.of(e)).contains("PUBLIC.B");
            return;
        }
        assertThat(snapshot.rows("/20-tables/PUBLIC/B").lines().count()).isEqualTo(1000);
    }

    private void runIfAllowed(String statement) throws SQLException {
        try {
            h2.run("shop", "SET LOCK_TIMEOUT 200", statement);
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("Timeout trying to lock table");
        }
    }

    @Test
    void aTruncateByAnotherSessionLosesNoRow() throws Exception {
        during("TRUNCATE TABLE B");
    }

    @Test
    void aDropByAnotherSessionLosesNoRow() throws Exception {
        during("DROP TABLE B");
    }

    @Test
    void aColumnAddedByAnotherSessionLosesNoRow() throws Exception {
        during("ALTER TABLE B ADD COLUMN W INT DEFAULT 7");
    }

    @Test
    void rowsDeletedByAnotherSessionAreStillThere() throws Exception {
        during("DELETE FROM B");
    }

    @Test
    void emptyWideAndKeylessTablesComeBack() throws Exception {
        String columns = IntStream.range(0, 1000).mapToObj(i -> "C" + i + " INT").collect(Collectors.joining(", "));
        String values = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        h2.run("odd", "CREATE TABLE NOTHING (A INT)", "CREATE TABLE WIDE (" + columns + ")",
                "INSERT INTO WIDE VALUES (" + values + ")", "CREATE TABLE KEYLESS (A VARCHAR, L CLOB, B INT)",
                "INSERT INTO KEYLESS SELECT MOD(X, 7), 'large', NULL FROM SYSTEM_RANGE(1, 5000)");

        Snapshot snapshot = Snapshot.of(h2.settings("odd", "part_size", "4KiB"));

        assertThat(snapshot.restore(h2.settings("copy"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("odd")).hasSize(3);
        assertThat(Snapshot.of(h2.settings("copy", "part_size", "4KiB")).below("/20-tables").files())
                .containsExactlyEntriesOf(snapshot.below("/20-tables").files());
    }

    @Test
    void integerKeysOfAnySignAndDensityAreInOnePartEach() throws Exception {
        h2.run("keys", "CREATE TABLE T (ID BIGINT PRIMARY KEY, V VARCHAR)",
                "INSERT INTO T SELECT (X - 2000) * 1000003, REPEAT('v', 40) FROM SYSTEM_RANGE(1, 4000)",
                "INSERT INTO T VALUES (-9223372036854775808, 'least'), (-9223372036854775807, 'next'), (9223372036854775807, 'most')");

        Snapshot snapshot = Snapshot.of(h2.settings("keys", "part_size", "4KiB"));

        assertThat(snapshot.rows("/20-tables/PUBLIC/T").lines().distinct().count()).isEqualTo(4003);
        assertThat(snapshot.restore(h2.settings("copy"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("keys"));
    }

    @Test
    void circularForeignKeysComeBack() throws Exception {
        h2.run("circle", "CREATE TABLE A (ID INT PRIMARY KEY, B INT)",
                "CREATE TABLE B (ID INT PRIMARY KEY, A INT REFERENCES A)",
                "INSERT INTO A VALUES (1, 1)", "INSERT INTO B VALUES (1, 1)",
                "ALTER TABLE A ADD FOREIGN KEY (B) REFERENCES B");

        assertThat(Snapshot.of(h2.settings("circle")).restore(h2.settings("copy"))).isEmpty();

        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("circle"));
    }

    @Test
    void aDriverThatThePluginDoesNotBringIsFoundInItsDirectory() throws Exception {
        Path drivers = Files.createDirectory(directory.resolve("drivers"));
        OtherDriver.writeJar(drivers.resolve("other.jar"));

        Snapshot snapshot = Snapshot.of(h2.settings("shop", "location", "jdbc:other:" + madeShop(), "driver_dir",
                drivers.toString(), "ddl_loss", "accept"));

        assertThat(snapshot.text("/00-point.json")).contains("\"database\": \"other\"");
        assertThat(snapshot.rows("/20-tables/PUBLIC/T")).isEqualTo("1\n");
        assertThat(snapshot.below("/20-tables/PUBLIC/T").restore(h2.settings("copy"))).isEmpty();
        assertThat(h2.value("copy", "SELECT COUNT(*) FROM T")).isEqualTo("1");
    }

    private String madeShop() throws SQLException {
        h2.run("shop", "CREATE TABLE T (ID INT PRIMARY KEY)", "INSERT INTO T VALUES (1)");
        return h2.location("shop").substring("jdbc:h2:".length());
    }
}
