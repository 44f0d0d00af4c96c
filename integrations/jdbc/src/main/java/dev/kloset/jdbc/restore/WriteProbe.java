package dev.kloset.jdbc.restore;

import dev.kloset.jdbc.connect.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Tries whether a table can be made: makes one with a name of its own, and removes it. */
final class WriteProbe {

    private WriteProbe() {}

    static void in(Database database) throws IOException {
        String name = "PROBE_OF_KLOSET_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (A INTEGER)");
            statement.execute("DROP TABLE " + name);
        } catch (SQLException e) {
            throw new IOException("cannot make a table in " + database.name(), e);
        }
    }
}
