package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.support.Sentence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup of H2 brings comes back, whole and in parts. */
class H2RoundTripTest {

    private static final String ORDERS = "/20-tables/PUBLIC/ORDERS";

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

    private void shop() throws Exception {
        h2.run("shop", "CREATE SEQUENCE NUMBERS START WITH 500",
                "CREATE DOMAIN PRICE AS NUMERIC(10, 2) CHECK (VALUE >= 0)",
                "CREATE TABLE CUSTOMERS (ID INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, NAME VARCHAR(50) NOT NULL UNIQUE)",
                "CREATE TABLE ORDERS (ID BIGINT DEFAULT NEXT VALUE FOR NUMBERS PRIMARY KEY, CUSTOMER INT NOT NULL "
                        + "REFERENCES CUSTOMERS, COST PRICE, TWICE NUMERIC(12, 2) GENERATED ALWAYS AS (COST * 2), NOTE VARCHAR(1000))",
                "CREATE INDEX BY_CUSTOMER ON ORDERS (CUSTOMER)",
                "CREATE VIEW DEAR AS SELECT * FROM ORDERS WHERE COST > 10",
                "INSERT INTO CUSTOMERS (NAME) SELECT 'customer ' || X FROM SYSTEM_RANGE(1, 100)",
                "INSERT INTO ORDERS (CUSTOMER, COST, NOTE) SELECT MOD(X, 100) + 1, X / 7.0, REPEAT('note ' || X, 10) "
                        + "FROM SYSTEM_RANGE(1, 5000)");
    }

    @Test
    void aDatabaseComesBackWithEverythingInIt() throws Exception {
        shop();

        Snapshot snapshot = Snapshot.of(h2.settings("shop"));

        assertThat(snapshot.restore(h2.settings("copy"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("shop")).hasSize(2);
        assertThat(h2.value("copy", "SELECT COUNT(*) FROM DEAR"))
                .isEqualTo(h2.value("shop", "SELECT COUNT(*) FROM DEAR"));
        assertThat(h2.value("copy", "SELECT NEXT VALUE FOR NUMBERS")).isEqualTo("5500");
        h2.run("copy", "INSERT INTO CUSTOMERS (NAME) VALUES ('new')");
        assertThat(h2.value("copy", "SELECT MAX(ID) FROM CUSTOMERS")).isEqualTo("101");
        assertThatThrownBy(() -> h2.run("copy", "INSERT INTO ORDERS (CUSTOMER, COST) VALUES (4711, 1)"))
                .hasMessageContaining("Referential integrity");
    }

    @Test
    void awkwardValuesAndNamesComeBack() throws Exception {
        h2.run("odd", "CREATE SCHEMA \"a/b ~%\"",
                "CREATE TABLE \"a/b ~%\".\"..\" (\"a \"\"b\" INT PRIMARY KEY, \"tab\t\" VARCHAR, F DOUBLE PRECISION, R REAL, "
                        + "D DECFLOAT, B VARBINARY, L BLOB, C CLOB, U UUID, J JSON, T TIME(9), TS TIMESTAMP(9), "
                        + "Z TIMESTAMP(9) WITH TIME ZONE, DT DATE, BO BOOLEAN, CH CHAR(5), N NUMERIC(40, 20), "
                        + "I INTERVAL DAY TO SECOND, E ENUM('x', 'y z'))",
                "INSERT INTO \"a/b ~%\".\"..\" VALUES (1, U&'\\005cN', 'NaN', 'Infinity', 'NaN', X'00ff5c09', X'ff', "
                        + "'tab\tline', '00000000-0000-4000-8000-00000000000f', JSON '{\"a\": [1, \"x\"]}', '23:59:59.999999999', "
                        + "'0001-01-01 00:00:00.000000001', '2024-02-29 12:00:00+05:30', '-0044-03-15', TRUE, 'ab', "
                        + "1234567890.12345678901234567890, INTERVAL '1 02:03:04' DAY TO SECOND, 'y z')",
                "INSERT INTO \"a/b ~%\".\"..\" (\"a \"\"b\", \"tab\t\", F, B, L, C) VALUES (-2, '', '-Infinity', X'', X'', '')",
                "INSERT INTO \"a/b ~%\".\"..\" (\"a \"\"b\", \"tab\t\") VALUES (3, U&'\\+01f600 \\000d\\000a\\0008\\000c\\000b\\0001 end\\005c')");

        Snapshot snapshot = Snapshot.of(h2.settings("odd"));
        assertThat(snapshot.files()).containsKey("/20-tables/a%2Fb%20%7E%25/%2E%2E/00-table.json");

        assertThat(snapshot.restore(h2.settings("copy"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("odd")).hasSize(1);
        assertThat(Snapshot.of(h2.settings("copy")).rows("/20-tables/a%2Fb%20%7E%25/%2E%2E"))
                .isEqualTo(snapshot.rows("/20-tables/a%2Fb%20%7E%25/%2E%2E"))
                .contains("\\\\N\tNaN\tInfinity\tNaN\t\\\\x00ff5c09\t\\\\xff");
    }

    @Test
    void largeValuesComeBackInBoundedMemory() throws Exception {
        h2.run("large", "CREATE TABLE T (ID INT PRIMARY KEY, B BLOB, C CLOB)",
                "INSERT INTO T VALUES (1, CAST(REPEAT('0123456789abcdef', 300000) AS BLOB), REPEAT('äöü€ \\', 700000)), (2, NULL, 'x')");

        assertThat(Snapshot.of(h2.settings("large")).restore(h2.settings("copy"))).isEmpty();

        assertThat(h2.value("copy", "SELECT OCTET_LENGTH(B) || ' ' || CHAR_LENGTH(C) FROM T WHERE ID = 1"))
                .isEqualTo(h2.value("large", "SELECT OCTET_LENGTH(B) || ' ' || CHAR_LENGTH(C) FROM T WHERE ID = 1"));
        assertThat(h2.value("copy", "SELECT HASH('SHA-256', B) FROM T WHERE ID = 1"))
                .isEqualTo(h2.value("large", "SELECT HASH('SHA-256', B) FROM T WHERE ID = 1"));
        assertThat(h2.value("copy", "SELECT HASH('SHA-256', C) FROM T WHERE ID = 1"))
                .isEqualTo(h2.value("large", "SELECT HASH('SHA-256', C) FROM T WHERE ID = 1"));
    }

    @Test
    void anIdleDatabaseGivesEqualBytesAndAChangedRowChangesOnePart() throws Exception {
        shop();
        Snapshot first = Snapshot.of(h2.settings("shop", "part_size", "4KiB"));
        Snapshot second = Snapshot.of(h2.settings("shop", "part_size", "4KiB"));
        assertThat(second.files()).containsExactlyEntriesOf(first.files());
        assertThat(first.files().keySet().stream().filter(path -> path.startsWith(ORDERS + "/20-data/")).count())
                .isGreaterThan(20);

        h2.run("shop", "UPDATE ORDERS SET NOTE = 'changed' WHERE ID = 2000",
                "INSERT INTO ORDERS (CUSTOMER) VALUES (1)");

        Snapshot third = Snapshot.of(h2.settings("shop", "part_size", "4KiB"));
        long changed = third.files()
                .entrySet()
                .stream()
                .filter(file -> file.getKey().startsWith(ORDERS + "/20-data/"))
                .filter(file -> !Arrays.equals(file.getValue(), first.files().get(file.getKey())))
                .count();
        assertThat(changed).isEqualTo(2);
    }

    @Test
    void partsOfTextKeysHaveEveryRowAndStayWhereTheyAre() throws Exception {
        h2.run("texts", "CREATE TABLE T (A VARCHAR, B INT, V VARCHAR, PRIMARY KEY (A, B))",
                "INSERT INTO T SELECT 'key''' || MOD(X, 50), X, REPEAT('v', 50) FROM SYSTEM_RANGE(1, 3000)");
        Snapshot first = Snapshot.of(h2.settings("texts", "part_size", "4KiB"));

        h2.run("texts", "INSERT INTO T VALUES ('key''17', -1, 'new')");

        Snapshot second = Snapshot.of(h2.settings("texts", "part_size", "4KiB"));
        List<String> before = first.files().values().stream().map(Snapshot::string).toList();
        List<String> added = new ArrayList<>(second.files().values().stream().map(Snapshot::string).toList());
        added.removeAll(before);
        assertThat(before.size()).isGreaterThan(20);
        assertThat(added).as("the part with the new row, perhaps cut in two, and the number of rows")
                .hasSizeBetween(2, 3);
        assertThat(second.rows("/20-tables/PUBLIC/T").lines().count()).isEqualTo(3001);
    }

    @Test
    void aTableComesBackAloneIntoAnotherSchema() throws Exception {
        shop();
        Snapshot alone = Snapshot.of(h2.settings("shop")).below(ORDERS);

        assertThat(alone.restore(h2.settings("other", "schema_map", "PUBLIC=OLD"))).isEmpty();

        assertThat(h2.value("other", "SELECT COUNT(*) || ' ' || SUM(COST) FROM OLD.ORDERS"))
                .isEqualTo(h2.value("shop", "SELECT COUNT(*) || ' ' || SUM(COST) FROM ORDERS"));
        assertThat(
                h2.value("other", "SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE INDEX_NAME = 'BY_CUSTOMER'"))
                .isEqualTo("BY_CUSTOMER");
    }

    @Test
    void aWholeDatabaseComesBackUnderOtherSchemas() throws Exception {
        shop();

        assertThat(Snapshot.of(h2.settings("shop")).restore(h2.settings("other", "schema_map", "PUBLIC=Old One")))
                .isEmpty();

        assertThat(h2.value("other", "SELECT COUNT(*) FROM \"Old One\".DEAR"))
                .isEqualTo(h2.value("shop", "SELECT COUNT(*) FROM DEAR"));
    }

    @Test
    void excludedTablesAreNeitherReadNorMade() throws Exception {
        shop();
        h2.run("shop", "CREATE TABLE LOG (LINE VARCHAR)", "INSERT INTO LOG VALUES ('x')");

        Snapshot snapshot = Snapshot.of(h2.settings("shop"), "/20-tables/PUBLIC/LOG");

        assertThat(snapshot.files().keySet()).noneMatch(path -> path.contains("LOG"));
        assertThat(snapshot.text("/00-point.json") + snapshot.text("/10-before.sql")).doesNotContain("LOG\"");
        assertThat(snapshot.restore(h2.settings("copy"))).isEmpty();
    }

    @Test
    void whatNeedsAnExcludedTableFailsTheBackupUnlessItIsAccepted() throws Exception {
        shop();

        assertThatThrownBy(() -> Snapshot.of(h2.settings("shop"), "/20-tables/PUBLIC/CUSTOMERS"))
                .hasMessageContaining("needs the excluded table PUBLIC.CUSTOMERS")
                .hasMessageContaining("ddl_loss=accept");
        Snapshot accepted = Snapshot.of(h2.settings("shop", "ddl_loss", "accept"), "/20-tables/PUBLIC/CUSTOMERS");

        assertThat(accepted.text("/00-point.json")).contains("needs the excluded table PUBLIC.CUSTOMERS");
        assertThat(accepted.restore(h2.settings("copy"))).isEmpty();
    }

    @Test
    void createRefusesBeforeItWritesAnything() throws Exception {
        shop();
        Snapshot snapshot = Snapshot.of(h2.settings("shop"));
        h2.run("taken", "CREATE TABLE ORDERS (X INT)");
        List<String> errors = new ArrayList<>();

        assertThatThrownBy(() -> snapshot.restore(h2.settings("taken"), errors))
                .hasMessageContaining("has PUBLIC.ORDERS already, and mode=create does not touch what exists");

        assertThat(errors).hasSize(snapshot.files().size());
        assertThat(h2.checksums("taken")).hasSize(1);
        assertThatThrownBy(() -> snapshot.below(ORDERS).restore(h2.settings("taken")))
                .hasMessageContaining("mode=create");
    }

    @Test
    void existingTablesAreReplacedExtendedOrMerged() throws Exception {
        shop();
        Snapshot snapshot = Snapshot.of(h2.settings("shop"));
        snapshot.restore(h2.settings("copy"));
        h2.run("copy", "DELETE FROM ORDERS WHERE ID < 1000", "UPDATE ORDERS SET NOTE = 'spoilt' WHERE ID < 2000",
                "INSERT INTO ORDERS (ID, CUSTOMER) VALUES (1, 1)");

        assertThat(snapshot.restore(h2.settings("copy", "mode", "upsert"))).isEmpty();
        assertThat(h2.value("copy", "SELECT COUNT(*) FROM ORDERS")).isEqualTo("5001");
        assertThat(snapshot.restore(h2.settings("copy", "mode", "replace"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("shop"));
        h2.run("copy", "DELETE FROM ORDERS");
        assertThat(snapshot.below(ORDERS).restore(h2.settings("copy", "mode", "append"))).isEmpty();
        assertThat(h2.checksums("copy")).isEqualTo(h2.checksums("shop"));
        assertThatThrownBy(() -> snapshot.below(ORDERS).restore(h2.settings("copy", "mode", "append")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("is not complete",
                        "cannot load rows into PUBLIC.ORDERS"));
    }

    @Test
    void aRestoreFailsWhenRowsAreMissing() throws Exception {
        shop();
        Snapshot snapshot = Snapshot.of(h2.settings("shop"));
        String part = snapshot.files()
                .keySet()
                .stream()
                .filter(path -> path.startsWith(ORDERS + "/20-data"))
                .findFirst()
                .orElseThrow();
        String rows = snapshot.text(part);
        snapshot.change(part, rows.substring(rows.indexOf('\n') + 1));
        List<String> errors = new ArrayList<>();

        assertThatThrownBy(() -> snapshot.restore(h2.settings("copy"), errors))
                .satisfies(e -> assertThat(Sentence.of(e))
                        .endsWith("1 rows of PUBLIC.ORDERS missing after restore: 5,000 expected"));

        assertThat(errors).hasSize(1);
        assertThat(snapshot.restore(h2.settings("unchecked", "verify", "false"))).isEmpty();
        snapshot.files().keySet().removeIf(path -> path.startsWith(ORDERS));
        assertThatThrownBy(() -> snapshot.restore(h2.settings("without")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("PUBLIC.ORDERS was not restored completely"));
    }

    @Test
    void aRestoreWithoutAScriptOrOfRowsWithoutTheirTableFails() throws Exception {
        shop();
        Snapshot rows = Snapshot.of(h2.settings("shop")).below(ORDERS + "/20-data");
        assertThatThrownBy(() -> rows.restore(h2.settings("rows")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("this is not a file of a backup of a database"));

        Snapshot snapshot = Snapshot.of(h2.settings("shop"));
        snapshot.files().remove("/80-after.sql");
        assertThatThrownBy(() -> snapshot.restore(h2.settings("bare")))
                .satisfies(
                        e -> assertThat(Sentence.of(e)).contains("the script of what comes after the rows is missing"));

        Snapshot alone = Snapshot.of(h2.settings("shop")).below(ORDERS);
        alone.files().remove("/99-check.json");
        assertThatThrownBy(() -> alone.restore(h2.settings("alone")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("PUBLIC.ORDERS was not restored completely"));
    }

    @Test
    void twoTablesDoNotComeIntoOne() throws Exception {
        h2.run("shop", "CREATE SCHEMA OLD", "CREATE TABLE OLD.A (ID INT PRIMARY KEY)",
                "CREATE TABLE A (ID INT PRIMARY KEY)", "INSERT INTO OLD.A VALUES (1)", "INSERT INTO A VALUES (2)");
        Snapshot snapshot = Snapshot.of(h2.settings("shop"));

        assertThatThrownBy(() -> snapshot.restore(h2.settings("copy", "schema_map", "PUBLIC=OLD")))
                .satisfies(
                        e -> assertThat(Sentence.of(e)).contains("two tables of the snapshot would come into OLD.A"));
    }

    @Test
    void aViewThatJoinsOnAnIndexNumberComesBack() throws Exception {
        h2.run("shop", "CREATE TABLE A (ID INT PRIMARY KEY, INDEX_NO INT)", "CREATE TABLE B (ID INT PRIMARY KEY)",
                "CREATE VIEW V AS SELECT A.INDEX_NO FROM A LEFT JOIN B ON A.ID = B.ID", "INSERT INTO A VALUES (1, 7)");

        assertThat(Snapshot.of(h2.settings("shop")).restore(h2.settings("copy"))).isEmpty();

        assertThat(h2.value("copy", "SELECT INDEX_NO FROM V")).isEqualTo("7");
    }

    @Test
    void aTransactionOfAWriterIsInTheBackupWholeOrNotAtAll() throws Exception {
        h2.run("bank", "CREATE TABLE A (ID INT PRIMARY KEY, AMOUNT INT)",
                "CREATE TABLE B (ID INT PRIMARY KEY, AMOUNT INT)",
                "INSERT INTO A SELECT X, 100 FROM SYSTEM_RANGE(1, 200)",
                "INSERT INTO B SELECT X, 100 FROM SYSTEM_RANGE(1, 200)");
        try (Transfers transfers = Transfers.start(() -> h2.connect("bank"))) {
            for (int i = 0; i < 10; i++) {
                transfers.awaitMore(20);
                Snapshot snapshot = Snapshot.of(h2.settings("bank"));
                long sum = sum(snapshot.rows("/20-tables/PUBLIC/A")) + sum(snapshot.rows("/20-tables/PUBLIC/B"));
                assertThat(sum).isEqualTo(40_000);
            }
        }
    }

    private static long sum(String rows) {
        return rows.lines().mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1))).sum();
    }
}
