package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.jdbc.servers.MariaDbServer;
import dev.kloset.jdbc.servers.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Large values, and tables of many parts, go through a process with the heap of the package. The sizes are larger in a build of their
 * own: {@code -Djdbc.mebibytes=1024}, {@code -Djdbc.parts=60000}.
 */
class LargeDatabasesTest {

    private static final String HEAP = "128m";
    private static final int MEBIBYTES = Integer.getInteger("jdbc.mebibytes", 64);
    private static final int PARTS = Integer.getInteger("jdbc.parts", 4000);

    /** PostgreSQL takes back less than 512 MiB at once, so there are three values. */
    @Test
    void largeValuesOfPostgreSqlComeBack() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String source = server.newDatabase();
            String target = server.newDatabase();
            server.execute(source, "CREATE TABLE t (id int PRIMARY KEY, b bytea)",
                    "CREATE TABLE piece AS SELECT string_agg(sha256(n::text::bytea), '') AS b FROM generate_series(1, 32768) n",
                    "INSERT INTO t SELECT i, (SELECT string_agg(b || i::text::bytea, '') FROM piece, generate_series(1, "
                            + MEBIBYTES / 3 + ")) FROM generate_series(1, 3) i",
                    "DROP TABLE piece");

            CopyProcess.run(HEAP, server.url(source), server.url(target), "postgres", "");

            String sums = "SELECT string_agg(id || ' ' || length(b) || ' ' || md5(b), ', ' ORDER BY id) FROM t";
            assertThat(value(server, target, sums)).isEqualTo(value(server, source, sums))
                    .contains("1 " + MEBIBYTES / 3 * ((1 << 20) + 1) + " ");
        }
    }

    @Test
    void largeValuesOfMariaDbComeBack() throws Exception {
        try (MariaDbServer server = MariaDbServer.start("--max-allowed-packet=1G")) {
            server.create("source", "target");
            String block = "(SELECT GROUP_CONCAT(UNHEX(SHA2(seq, 256)) SEPARATOR '') FROM seq_1_to_32768)";
            server.run("source", "SET SESSION group_concat_max_len = 2 << 20",
                    "CREATE TABLE t (id int PRIMARY KEY, b longblob)",
                    "INSERT INTO t SELECT seq, REPEAT(" + block + ", " + MEBIBYTES / 3 + ") FROM seq_1_to_3");

            CopyProcess.run(HEAP, server.url("source"), server.url("target"), "root", "",
                    "properties=sslMode=disable");

            String sums = "SELECT GROUP_CONCAT(id, ' ', LENGTH(b), ' ', MD5(b) ORDER BY id) FROM t";
            assertThat(server.value("target", sums)).isEqualTo(server.value("source", sums))
                    .startsWith("1 " + ((MEBIBYTES / 3L) << 20) + " ");
        }
    }

    /** Each part is a file, and what is known of a file takes memory while its table is read. */
    @Test
    void manyPartsOfATableTakeLittleMemory() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String source = server.newDatabase();
            String target = server.newDatabase();
            // Of a row of 500 bytes, 4 KiB have eight or fewer, and their number is a power of two.
            server.execute(source, "CREATE TABLE t (id int PRIMARY KEY, v text)",
                    "INSERT INTO t SELECT i, repeat(md5(i::text), 15) FROM generate_series(0, " + (PARTS * 4 - 1)
                            + ") i",
                    "ANALYZE t");

            CopyProcess.run("40m", server.url(source), server.url(target), "postgres", "", "part_size=4KiB");

            String sums = "SELECT count(*) || ' ' || sum(hashtext(v)) FROM t";
            assertThat(value(server, target, sums)).isEqualTo(value(server, source, sums)).startsWith(PARTS * 4 + " ");
        }
    }

    private static String value(PostgresServer server, String database, String query) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
