package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.jdbc.servers.MariaDbServer;
import dev.kloset.support.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backup of MariaDB brings comes back, whole and in parts. */
class MariaDbRoundTripTest {

    private static MariaDbServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start("--log-bin=binlog", "--server-id=1");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void clean() throws Exception {
        server.run("", "SET GLOBAL local_infile = 1", "DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS copy",
                "CREATE DATABASE shop", "CREATE DATABASE copy");
    }

    private static List<String> dump(String database) throws Exception {
        return server.dump(database, "--order-by-primary", "--hex-blob", "--skip-extended-insert");
    }

    private static void assertEqual() throws Exception {
        assertSame(dump("shop"), dump("copy"));
    }

    /** The lines that differ say more than both texts. */
    private static void assertSame(List<String> expected, List<String> found) {
        List<String> missing = new ArrayList<>(expected);
        found.forEach(missing::remove);
        List<String> added = new ArrayList<>(found);
        expected.forEach(added::remove);
        assertThat(added).as("lines that differ").isEqualTo(missing).isEmpty();
        assertThat(found).hasSameSizeAs(expected);
        assertThat(found.equals(expected)).as("the same order").isTrue();
    }

    @Test
    void oneObjectOfEachKindComesBackAsMariadbDumpSeesIt() throws Exception {
        server.run("shop", "SET time_zone = '+02:00'",
                "CREATE SEQUENCE numbers START WITH 500 INCREMENT BY 5 CACHE 10",
                "CREATE TABLE customers (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL COMMENT 'a, b\\nc', "
                        + "UNIQUE KEY by_name (name)) AUTO_INCREMENT = 1000 COMMENT 'who buys'",
                "CREATE TABLE orders (id BIGINT DEFAULT NEXTVAL(numbers) PRIMARY KEY, customer INT NOT NULL, cost DECIMAL(10,2) CHECK (cost >= 0), "
                        + "twice DECIMAL(12,2) AS (cost * 2) VIRTUAL, thrice DECIMAL(12,2) AS (cost * 3) STORED, "
                        + "secret INT INVISIBLE DEFAULT 7, parent BIGINT, note LONGTEXT, "
                        + "CONSTRAINT to_customer FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE, "
                        + "CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES orders (id), FULLTEXT KEY words (note))",
                "ALTER TABLE customers ADD COLUMN best BIGINT, ADD CONSTRAINT to_best FOREIGN KEY (best) REFERENCES orders (id)",
                "CREATE TABLE parted (id INT, at DATE, PRIMARY KEY (id, at)) PARTITION BY RANGE (YEAR(at)) "
                        + "(PARTITION old VALUES LESS THAN (2020), PARTITION new VALUES LESS THAN MAXVALUE)",
                "CREATE TABLE memory (id INT PRIMARY KEY) ENGINE = MEMORY", "CREATE TABLE nothing (x INT)",
                "CREATE FUNCTION twice (x INT) RETURNS INT DETERMINISTIC RETURN x * 2",
                "CREATE PROCEDURE fill (n INT) COMMENT 'semi;colon' BEGIN DECLARE i INT DEFAULT 0; WHILE i < n DO "
                        + "INSERT INTO nothing VALUES (i); SET i = i + 1; END WHILE; SELECT 'ü;'; END",
                "CREATE VIEW z_first AS SELECT id, twice(cost) AS t FROM orders",
                "CREATE VIEW a_second AS SELECT * FROM z_first WHERE t > 1",
                "CREATE TRIGGER b_one BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = CONCAT(NEW.note, '!')",
                "CREATE TRIGGER a_two BEFORE INSERT ON orders FOR EACH ROW FOLLOWS b_one BEGIN SET NEW.secret = 8; END",
                "CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM nothing",
                "SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'",
                "CREATE FUNCTION joined (a TEXT) RETURNS TEXT DETERMINISTIC RETURN a || 'x'", "SET sql_mode = 'ORACLE'",
                "CREATE PACKAGE tools AS FUNCTION one RETURN INT; END",
                "CREATE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END",
                "INSERT INTO customers (name) SELECT CONCAT('customer ', seq) FROM seq_1_to_100",
                "INSERT INTO orders (customer, cost, note) SELECT 1000 + MOD(seq, 100), seq / 7, REPEAT('note ', 20) FROM seq_1_to_3000",
                "UPDATE customers SET best = 500 WHERE id = 1001",
                "INSERT INTO parted VALUES (1, '2019-01-01'), (2, '2024-01-01')",
                "INSERT INTO memory VALUES (1)");

        Snapshot snapshot = Snapshot.of(server.settings("shop", "part_size", "16KiB"));
        assertThat(snapshot.restore(server.settings("copy"))).isEmpty();

        assertEqual();
        assertThat(server.value("copy", "SELECT joined('a')")).isEqualTo("ax");
        assertThat(server.value("copy", "SELECT SUM(thrice) FROM orders"))
                .isEqualTo(server.value("shop", "SELECT SUM(thrice) FROM orders"));
        assertThat(snapshot.text("/00-point.json"))
                .contains("BACKUP STAGE", "binlog.000001:", "shop.memory is kept by MEMORY, which has no snapshots");
        assertThatThrownBy(() -> server.run("copy", "INSERT INTO orders (customer) VALUES (1)"))
                .hasMessageContaining("foreign key constraint fails");
    }

    private static void awkwardTable() throws Exception {
        server.run("shop", "SET sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+05:30'",
                "CREATE TABLE `a/b ~``%' \"..` (`id \tx` INT AUTO_INCREMENT PRIMARY KEY, ti TINYINT(1), bu BIGINT UNSIGNED, z INT(6) ZEROFILL, "
                        + "de DECIMAL(65,30), f FLOAT, do DOUBLE, b1 BIT(1), b64 BIT(64), y YEAR, d DATE, t TIME(6), dt DATETIME(6), "
                        + "ts TIMESTAMP(6) NULL, c CHAR(5), v VARCHAR(200), l1 VARCHAR(20) CHARACTER SET latin1, bi BINARY(4), vb VARBINARY(300), "
                        + "bl LONGBLOB, tx LONGTEXT, e ENUM('x', 'y z', ''), s SET('a', 'b c'), j JSON, g GEOMETRY, p POINT, u UUID, "
                        + "i4 INET4, i6 INET6, u2 VARCHAR(20) CHARACTER SET ucs2)",
                "INSERT INTO `a/b ~``%' \"..` VALUES (0, 127, 18446744073709551615, 42, "
                        + "'12345678901234567890123456789012345.123456789012345678901234567891', 0.1, 0.1, 1, X'FFFFFFFFFFFFFFFF', 2155, "
                        + "'0000-00-00', '838:59:59.999999', '2024-02-31 00:00:00.000001', '2024-03-31 02:30:00.123456', 'ab ', '\\\\N', 'äöü', "
                        + "X'00FF5C09', X'000A5C090D4E5C4E', X'FF', '\\\\N\ttab\nline\\\\', 'y z', 'a,b c', '{\"a\": [1, \"x\\\\n\"]}', "
                        + "ST_GeomFromText('LINESTRING(0 0, 1 1.5)', 4326), POINT(1, -2), '00000000-0000-4000-8000-00000000000f', "
                        + "'1.2.3.4', '::1', 'ü')",
                "INSERT INTO `a/b ~``%' \"..` (`id \tx`, f, do, t, c, v, vb, bl, tx, e, s, d, y, ts) VALUES (-5, 3.4028234663852886e38, "
                        + "1.7976931348623157e308, '-838:59:59', '', '', '', '', '', '', '', '2024-00-00', 0, '1970-01-01 05:30:01')",
                "INSERT INTO `a/b ~``%' \"..` (`id \tx`, f, do, v) VALUES (7, 1.1754944e-38, 4.9e-324, '\0\u0001\b\f\u000b\u001a\r\n😀 end\\\\'), "
                        + "(8, -16777217, 5e-324, 'N'), (9, 1e-45, 2.2250738585072014e-308, '0'), (10, 0.3, 0.30000000000000004, '\\\\')");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            all.append(String.format("%02X", i));
        }
        server.run("shop",
                "INSERT INTO `a/b ~``%' \"..` (`id \tx`, vb, bl) VALUES (11, X'" + all + "', X'" + all + all + "')");
    }

    @Test
    void awkwardValuesAndNamesComeBack() throws Exception {
        awkwardTable();

        Snapshot snapshot = Snapshot.of(server.settings("shop"));
        assertThat(snapshot.restore(server.settings("copy"))).isEmpty();

        assertEqual();
        String same = "SELECT COUNT(*) FROM shop.`a/b ~``%' \"..` s JOIN copy.`a/b ~``%' \"..` c ON s.`id \tx` = c.`id \tx` "
                + "WHERE s.f <=> c.f AND s.do <=> c.do AND s.b64 <=> c.b64 AND BINARY s.v <=> BINARY c.v AND s.vb <=> c.vb AND s.bl <=> c.bl";
        assertThat(server.value("shop", same)).isEqualTo("7");
        assertThat(snapshot.rows("/20-tables/shop/a%2Fb%20%7E%60%25%27%20%22.."))
                .contains("\\\\N", "0000-00-00", "838:59:59.999999", "18446744073709551615", "\\\\x00ff5c09",
                        "2024-03-30 21:00:00.123456");
    }

    @Test
    void awkwardValuesComeBackByInsertsWhereTheServerForbidsLoadData() throws Exception {
        awkwardTable();
        server.run("", "SET GLOBAL local_infile = 0");

        assertThat(Snapshot.of(server.settings("shop")).restore(server.settings("copy"))).isEmpty();

        assertEqual();
    }

    @Test
    void largeValuesComeBackInPieces() throws Exception {
        server.run("shop",
                "CREATE TABLE t (id INT PRIMARY KEY, b LONGBLOB, c LONGTEXT, d LONGTEXT CHARACTER SET latin1)",
                "INSERT INTO t VALUES (1, 'x', 'y', 'z'), (2, REPEAT(X'000102FF095C0A', 700000), REPEAT('äöü€😀 \\\\', 400000), NULL), "
                        + "(3, NULL, NULL, REPEAT('é', 5000000)), (4, '', '', '')",
                "CREATE TABLE keyless (n INT, b LONGBLOB)",
                "INSERT INTO keyless VALUES (2, 'x'), (1, REPEAT('ab', 3000000)), (1, REPEAT('ab', 3000000)), (0, NULL)");

        assertThat(Snapshot.of(server.settings("shop")).restore(server.settings("copy"))).isEmpty();

        assertThat(server.value("", "CHECKSUM TABLE copy.t")).isNotEmpty();
        for (String table : List.of("t", "keyless")) {
            String sums = "SELECT GROUP_CONCAT(x ORDER BY x) FROM (SELECT MD5(CONCAT_WS('|', b"
                    + (table.equals("t") ? ", c, d" : "") + ")) x FROM "
                    + table + ") y";
            assertThat(server.value("copy", sums)).isEqualTo(server.value("shop", sums));
        }
    }

    /** A slice of a value costs the server the whole value: in slices of 1 MiB it would read this one 64 times. */
    @Test
    void theServerReadsALargeValueAFewTimes() throws Exception {
        server.run("", "SET GLOBAL max_allowed_packet = 1073741824");
        server.run("shop", "CREATE TABLE t (id INT PRIMARY KEY, b LONGBLOB)",
                "INSERT INTO t VALUES (1, REPEAT('0123456789abcdef', 4 << 20))");
        server.run("", "SET GLOBAL max_allowed_packet = 16777216");
        long pages = (64 << 20) / 16_384;
        long before = pagesRead();

        Snapshot.of(server.settings("shop"));

        assertThat(pagesRead() - before).isBetween(pages, 10 * pages);
    }

    private static long pagesRead() throws Exception {
        return Long.parseLong(server.value("", "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS "
                + "WHERE VARIABLE_NAME = 'Innodb_buffer_pool_read_requests'"));
    }

    @Test
    void valuesLargerThanAPacketComeBack() throws Exception {
        server.run("", "SET GLOBAL max_allowed_packet = 1073741824");
        server.run("shop", "CREATE TABLE t (id INT PRIMARY KEY, b LONGBLOB, c LONGTEXT)",
                "INSERT INTO t VALUES (1, REPEAT(X'000102FF095C0A', 2500000), REPEAT('äöü€ \\\\', 1100000))");
        server.run("", "SET GLOBAL max_allowed_packet = 16777216");

        assertThat(Snapshot.of(server.settings("shop")).restore(server.settings("copy"))).isEmpty();

        String sums = "SELECT CONCAT_WS('|', MD5(b), MD5(c), LENGTH(b), LENGTH(c)) FROM t";
        assertThat(server.value("copy", sums)).isEqualTo(server.value("shop", sums));
    }

    @Test
    void anIdleDatabaseGivesEqualBytesAndAChangedRowChangesOnePart() throws Exception {
        server.run("shop", "CREATE TABLE ints (id INT PRIMARY KEY, v VARCHAR(100))",
                "CREATE TABLE negative (id BIGINT PRIMARY KEY, v VARCHAR(100))",
                "CREATE TABLE texts (a VARCHAR(20), n INT, v VARCHAR(100), PRIMARY KEY (a, n))",
                "CREATE TABLE bytes (a VARBINARY(20) PRIMARY KEY, v VARCHAR(100))",
                "CREATE TABLE dates (a DATETIME PRIMARY KEY, v VARCHAR(100))",
                "CREATE TABLE keyless (a VARCHAR(20), v VARCHAR(100))",
                "INSERT INTO ints SELECT seq, REPEAT('v', 100) FROM seq_1_to_5000",
                "INSERT INTO negative SELECT -9223372036854775808 + CAST(seq AS SIGNED), REPEAT('v', 100) FROM seq_0_to_999 "
                        + "UNION ALL SELECT CAST(seq AS SIGNED) - 500, REPEAT('v', 100) FROM seq_1_to_1000 "
                        + "UNION ALL SELECT 9223372036854775807 - CAST(seq AS SIGNED), REPEAT('v', 100) FROM seq_0_to_999",
                "INSERT INTO texts SELECT CONCAT('key''', MOD(seq, 50)), seq, REPEAT('v', 100) FROM seq_1_to_3000",
                "INSERT INTO bytes SELECT UNHEX(MD5(seq)), REPEAT('v', 100) FROM seq_1_to_3000",
                "INSERT INTO dates SELECT '2024-01-01' + INTERVAL seq HOUR, REPEAT('v', 100) FROM seq_1_to_3000",
                "INSERT INTO keyless SELECT MOD(seq, 7), REPEAT('v', 100) FROM seq_1_to_3000");
        Snapshot first = Snapshot.of(server.settings("shop", "part_size", "4KiB"));
        assertThat(differing(first, Snapshot.of(server.settings("shop", "part_size", "4KiB")))).isEmpty();
        assertThat(first.next(server.settings("shop", "part_size", "4KiB")).opened()).isSubsetOf("/00-point.json");
        for (String table : List.of("ints", "negative", "texts", "bytes", "dates")) {
            assertThat(first.rows("/20-tables/shop/" + table).lines().count())
                    .as(table)
                    .isEqualTo(Long.parseLong(server.value("shop", "SELECT COUNT(*) FROM " + table)));
            assertThat(parts(first, table)).as(table).hasSizeGreaterThan(20);
            assertThat(parts(first, table).stream().mapToLong(part -> first.text(part).length()).max().orElseThrow())
                    .as(table)
                    .isLessThan(128 << 10);
        }

        server.run("shop", "UPDATE ints SET v = 'changed' WHERE id = 2500",
                "UPDATE texts SET v = 'changed' WHERE n = 2500",
                "UPDATE negative SET v = 'changed' WHERE id = 0",
                "UPDATE dates SET v = 'changed' WHERE a = '2024-02-01'");

        Snapshot changed = Snapshot.of(server.settings("shop", "part_size", "4KiB"));
        assertThat(differing(first, changed)).hasSize(4).allMatch(path -> path.contains("20-data"));
        Snapshot next = first.next(server.settings("shop", "part_size", "4KiB"));
        assertThat(differing(next, changed)).isEmpty();
        assertThat(next.opened()).containsAll(differing(first, changed)).hasSizeLessThanOrEqualTo(5);
        assertThat(first.restore(server.settings("copy"))).isEmpty();
    }

    private static List<String> parts(Snapshot snapshot, String table) {
        return snapshot.files()
                .keySet()
                .stream()
                .filter(path -> path.startsWith("/20-tables/shop/" + table + "/20-data/"))
                .toList();
    }

    private static List<String> differing(Snapshot first, Snapshot second) {
        assertThat(second.files().keySet()).isEqualTo(first.files().keySet());
        return first.files()
                .keySet()
                .stream()
                .filter(path -> !path.equals("/00-point.json"))
                .filter(path -> !Arrays.equals(first.files().get(path), second.files().get(path)))
                .toList();
    }

    @Test
    void aTableComesBackAloneWithItsTriggers() throws Exception {
        server.run("shop", "CREATE TABLE customers (id INT PRIMARY KEY)",
                "CREATE TABLE orders (id INT PRIMARY KEY, customer INT, CONSTRAINT c FOREIGN KEY (customer) REFERENCES customers (id), v INT)",
                "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.v = 1",
                "INSERT INTO customers VALUES (1)",
                "INSERT INTO orders VALUES (1, 1, 5)");
        server.run("shop", "UPDATE orders SET v = 9");

        Snapshot alone = Snapshot.of(server.settings("shop")).below("/20-tables/shop/orders");
        assertThat(alone.restore(server.settings("copy"))).isEmpty();

        assertThat(server.value("copy", "SELECT v FROM orders")).isEqualTo("9");
        server.run("copy", "INSERT INTO orders VALUES (2, 77, 5)");
        assertThat(server.value("copy", "SELECT v FROM orders WHERE id = 2")).isEqualTo("1");
    }

    @Test
    void allDatabasesOfAServerComeBackUnderOtherNames() throws Exception {
        server.run("shop", "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)",
                "CREATE VIEW v AS SELECT * FROM t");
        server.run("copy", "CREATE TABLE u (id INT PRIMARY KEY)", "CREATE VIEW w AS SELECT v.id FROM shop.v, u");
        Snapshot snapshot = Snapshot.of(server.settings(""));
        server.run("", "DROP DATABASE IF EXISTS shop2", "DROP DATABASE IF EXISTS copy2");

        assertThat(snapshot.restore(server.settings("", "schema_map", "shop=shop2, copy=copy2"))).isEmpty();

        server.run("", "DROP DATABASE shop", "DROP DATABASE copy");
        server.run("copy2", "INSERT INTO u VALUES (1)");
        assertThat(server.value("copy2", "SELECT id FROM w")).isEqualTo("1");
        server.run("", "DROP DATABASE shop2", "DROP DATABASE copy2");
    }

    @Test
    void existingRowsAreReplacedExtendedOrMerged() throws Exception {
        server.run("shop", "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO t SELECT seq, CONCAT('v', seq) FROM seq_1_to_1000");
        Snapshot snapshot = Snapshot.of(server.settings("shop"));
        assertThat(snapshot.restore(server.settings("copy"))).isEmpty();
        assertThatThrownBy(() -> snapshot.restore(server.settings("copy"))).hasMessageContaining("copy.t already");
        server.run("copy", "UPDATE t SET v = 'spoilt' WHERE id < 500", "INSERT INTO t VALUES (0, 'own')");

        assertThat(snapshot.restore(server.settings("copy", "mode", "upsert"))).isEmpty();
        assertThat(server.value("copy", "SELECT CONCAT(COUNT(*), ' ', SUM(v = 'spoilt')) FROM t")).isEqualTo("1001 0");
        assertThat(snapshot.restore(server.settings("copy", "mode", "replace"))).isEmpty();
        assertThat(server.value("copy", "SELECT COUNT(*) FROM t")).isEqualTo("1000");
        assertThatThrownBy(() -> snapshot.restore(server.settings("copy", "mode", "append")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("copy.t", "Duplicate entry '1' for key"));
        assertThat(server.value("copy", "SELECT COUNT(*) FROM t")).isEqualTo("1000");
    }

    @Test
    void damagedRowsAreRefusedAndNoneOfTheirPartComes() throws Exception {
        server.run("shop", "CREATE TABLE t (id INT PRIMARY KEY, b VARBINARY(20))",
                "INSERT INTO t SELECT seq, 'x' FROM seq_1_to_1000");
        Snapshot snapshot = Snapshot.of(server.settings("shop"));
        String part = snapshot.files()
                .keySet()
                .stream()
                .filter(path -> path.contains("20-data"))
                .findFirst()
                .orElseThrow();
        String rows = snapshot.text(part);
        for (String damaged : List.of(rows.replace("700\t", "700"), rows.replace("700\t\\\\x78", "700\t\\\\x7"),
                rows.replace("700\t", "seven\t"), rows.replace("700\t", "699\t"),
                rows.substring(0, rows.length() - 1))) {
            server.run("", "DROP DATABASE copy", "CREATE DATABASE copy");
            snapshot.change(part, damaged);

            assertThatThrownBy(() -> snapshot.restore(server.settings("copy")))
                    .satisfies(e -> assertThat(Sentence.of(e)).contains("cannot load rows into copy.t"));

            assertThat(server.value("copy", "SELECT COUNT(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void aTableOfAThousandColumnsAndAnEmptyOneComeBack() throws Exception {
        server.run("shop",
                "CREATE TABLE wide ("
                        + IntStream.range(0, 1000).mapToObj(i -> "c" + i + " INT").collect(Collectors.joining(", "))
                        + ", PRIMARY KEY (c0))",
                "INSERT INTO wide (c0, c999) VALUES (1, 2)", "CREATE TABLE empty (id INT PRIMARY KEY)",
                "CREATE TABLE widekeyless ("
                        + IntStream.range(0, 1000).mapToObj(i -> "c" + i + " INT").collect(Collectors.joining(", "))
                        + ")",
                "INSERT INTO widekeyless (c0, c999) VALUES (1, 2), (1, 3)");

        assertThat(Snapshot.of(server.settings("shop")).restore(server.settings("copy"))).isEmpty();

        assertEqual();
    }

    @Test
    void formerVersionsOfRowsAreNamedAsLost() throws Exception {
        server.run("shop", "CREATE TABLE prices (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
                "INSERT INTO prices VALUES (1, 1)",
                "UPDATE prices SET v = 2");

        assertThatThrownBy(() -> Snapshot.of(server.settings("shop")))
                .hasMessageContaining("shop.prices: the former versions of its rows");
        assertThat(Snapshot.of(server.settings("shop", "ddl_loss", "accept")).restore(server.settings("copy")))
                .isEmpty();

        assertThat(server.value("copy", "SELECT v FROM prices")).isEqualTo("2");
        assertSame(server.dump("shop", "--no-data"), server.dump("copy", "--no-data"));
    }

    @Test
    void whatNeedsAnExcludedTableFailsTheBackupUnlessItIsAccepted() throws Exception {
        server.run("shop", "CREATE TABLE a (id INT PRIMARY KEY)",
                "CREATE TABLE b (id INT PRIMARY KEY, CONSTRAINT c FOREIGN KEY (id) REFERENCES a (id))",
                "CREATE VIEW v AS SELECT * FROM a");

        assertThatThrownBy(() -> Snapshot.of(server.settings("shop"), "/20-tables/shop/a"))
                .hasMessageContaining("a foreign key of shop.b needs the excluded table shop.a")
                .hasMessageContaining("the view shop.v needs the excluded table shop.a");
        Snapshot accepted = Snapshot.of(server.settings("shop", "ddl_loss", "accept"), "/20-tables/shop/a");

        assertThat(accepted.restore(server.settings("copy"))).isEmpty();
        assertThat(server.value("copy",
                "SELECT GROUP_CONCAT(table_name) FROM information_schema.tables WHERE table_schema = 'copy'"))
                .isEqualTo("b");
    }

    @Test
    void zeroStaysInAnAutoIncrementColumnOfPlainColumns() throws Exception {
        server.run("shop", "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)",
                "INSERT INTO t VALUES (0, 1), (5, 2)");

        assertThat(Snapshot.of(server.settings("shop")).restore(server.settings("copy"))).isEmpty();

        assertEqual();
    }
}
