package dev.kloset.jdbc.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.connect.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tries whether each table may be read. */
record Rights(Database database, Predicate<TableName> wanted) {

    private static final int LISTED = 10;

    /** Ask each table for no row. What fails names the tables, and says why for the first. */
    void check() throws IOException, InterruptedException {
        List<String> refused = new ArrayList<>();
        SQLException first = null;
        try (Connection connection = database.connect()) {
            for (Table table : database.dialect().tables(connection, wanted)) {
                SQLException failure = read(connection, table.name());
                if (failure != null) {
                    refused.add(table.name().toString());
                    first = first == null ? failure : first;
                }
            }
        } catch (SQLException e) {
            throw new IOException("cannot list the tables of " + database.name(), e);
        }
        if (first != null) {
            String more = refused.size() > LISTED ? " and " + (refused.size() - LISTED) + " more" : "";
            throw new ConnectorException(ErrorKind.of(first), "cannot read "
                    + String.join(", ", refused.subList(0, Math.min(LISTED, refused.size()))) + more, first);
        }
    }

    private @Nullable SQLException read(Connection connection, TableName table) {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT 1 FROM " + database.dialect().quoted(table) + " WHERE 1 = 0").close();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
