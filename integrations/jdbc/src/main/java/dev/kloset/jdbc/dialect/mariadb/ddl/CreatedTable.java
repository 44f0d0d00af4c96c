package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code SHOW CREATE TABLE} says, taken apart.
 *
 * @param create everything but the foreign keys, without the name of the database
 * @param foreignKeys each as it stands in the statement, in its order
 */
record CreatedTable(String create, List<String> foreignKeys) {

    private static final Pattern FOREIGN_KEY = Pattern.compile("  CONSTRAINT `(?:[^`]|``)*` FOREIGN KEY \\(.*");

    static CreatedTable of(Connection connection, TableName table) throws SQLException {
        String statement = Queries.list(connection, "SHOW CREATE TABLE " + Sql.name(table), row -> row.getString(2))
                .getFirst();
        return of(statement.replace("nextval(" + Sql.name(table.schema()) + ".", "nextval("));
    }

    /** The server writes each column, key and constraint into a line of its own, and line ends within values as escapes. */
    static CreatedTable of(String statement) {
        List<String> kept = new ArrayList<>();
        List<String> foreignKeys = new ArrayList<>();
        for (String line : statement.split("\n", -1)) {
            if (FOREIGN_KEY.matcher(line).matches()) {
                foreignKeys.add(withoutComma(line.strip()));
            } else {
                if (line.startsWith(")") && !foreignKeys.isEmpty()) {
                    kept.set(kept.size() - 1, withoutComma(kept.getLast()));
                }
                kept.add(line);
            }
        }
        return new CreatedTable(String.join("\n", kept), List.copyOf(foreignKeys));
    }

    private static String withoutComma(String line) {
        return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
    }
}
