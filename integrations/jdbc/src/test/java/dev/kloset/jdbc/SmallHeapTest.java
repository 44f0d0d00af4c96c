package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database much larger than the memory of the process goes through it. */
class SmallHeapTest {

    private static final long LARGE = Integer.getInteger("jdbc.mebibytes", 64) * (1L << 20);

    @TempDir
    private Path directory;

    @Test
    void aLargeValueAndManyRowsPassThroughASmallHeap() throws Exception {
        try (H2Database h2 = H2Database.in(directory)) {
            h2.run("large", "CREATE TABLE T (ID INT PRIMARY KEY, B BLOB)",
                    "CREATE TABLE R (ID VARCHAR PRIMARY KEY, V VARCHAR)",
                    "INSERT INTO R SELECT 'key ' || X, REPEAT('value ' || X, 20) FROM SYSTEM_RANGE(1, 50000)",
                    "CREATE TABLE N (ID INT PRIMARY KEY, V VARCHAR)",
                    "INSERT INTO N SELECT X, REPEAT('value ' || X, 40) FROM SYSTEM_RANGE(1, 150000)");
            try (Connection connection = h2.connect("large");
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO T VALUES (1, ?)")) {
                insert.setBinaryStream(1, new Numbers());
                insert.executeUpdate();
            }
            h2.run("copy");

            CopyProcess.run("96m", h2.location("large"), h2.location("copy"), H2Database.USER, H2Database.PASSWORD);

            for (String question : new String[]{ "SELECT OCTET_LENGTH(B) FROM T", "SELECT HASH('SHA-256', B) FROM T",
                "SELECT COUNT(*) || ' ' || SUM(CAST(ORA_HASH(ID || V) AS NUMERIC)) FROM R",
                "SELECT COUNT(*) || ' ' || SUM(CAST(ORA_HASH(ID || V) AS NUMERIC)) FROM N" }) {
                assertThat(h2.value("copy", question)).isEqualTo(h2.value("large", question));
            }
            assertThat(h2.value("copy", "SELECT OCTET_LENGTH(B) FROM T")).isEqualTo(String.valueOf(LARGE));
        }
    }

    /** Bytes that change all the time. */
    private static final class Numbers extends InputStream {

        private long at;

        @Override
        public int read() {
            if (at == LARGE) {
                return -1;
            }
            at++;
            return (int) ((at * 2_654_435_761L) >>> 24) & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(length, LARGE - at);
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = (byte) read();
            }
            return count == 0 ? -1 : count;
        }
    }
}
