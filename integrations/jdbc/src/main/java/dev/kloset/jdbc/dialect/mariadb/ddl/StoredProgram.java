package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A view, trigger, procedure, function, package or event, with the settings of the session that made it: the server keeps these with
 * the object, and they change what it does.
 */
final class StoredProgram {

    /** Kinds of objects, with the column of {@code SHOW CREATE} that has the statement. */
    enum Kind {
        VIEW("Create View"),
        TRIGGER("SQL Original Statement"),
        PROCEDURE("Create Procedure"),
        FUNCTION("Create Function"),
        PACKAGE("Create Package"),
        PACKAGE_BODY("Create Package Body"),
        EVENT("Create Event");

        private final String column;

        Kind(String column) {
            this.column = column;
        }

        String words() {
            return name().replace('_', ' ');
        }

        String title() {
            return words().toLowerCase(Locale.ROOT);
        }
    }

    private StoredProgram() {}

    /** {@return the statements that make it; empty if the user may not see its text} */
    static Optional<List<String>> statements(Connection connection, Kind kind, String schema, String name)
            throws SQLException {
        return Queries.list(connection, "SHOW CREATE " + kind.words() + " " + Sql.name(schema) + "." + Sql.name(name),
                row -> statements(row, kind)).getFirst();
    }

    private static Optional<List<String>> statements(ResultSet row, Kind kind) throws SQLException {
        String create = row.getString(kind.column);
        if (create == null) {
            return Optional.empty();
        }
        List<String> settings = new ArrayList<>();
        // The text of a view is in the mode of the session that reads it.
        settings.add("sql_mode = '" + (kind == Kind.VIEW ? "" : row.getString("sql_mode")) + "'");
        if (kind == Kind.EVENT) {
            settings.add("time_zone = '" + row.getString("time_zone") + "'");
        }
        String client = row.getString("character_set_client");
        if (isSendable(create, client)) {
            settings.add("character_set_client = " + client);
        }
        settings.add("collation_connection = " + row.getString("collation_connection"));
        return Optional.of(List.of("SET SESSION " + String.join(", ", settings), create));
    }

    /** {@return whether a statement, which the driver sends in UTF-8, means the same in a character set} */
    private static boolean isSendable(String statement, String characterSet) {
        return switch (characterSet) {
            case "utf8mb4" -> true;
            case "utf8mb3", "utf8" -> statement.codePoints().allMatch(Character::isBmpCodePoint);
            default -> StandardCharsets.US_ASCII.newEncoder().canEncode(statement);
        };
    }
}
