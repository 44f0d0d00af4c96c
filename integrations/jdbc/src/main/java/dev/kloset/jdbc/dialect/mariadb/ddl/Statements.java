package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/** Statements that grow to a script, each in its own database if the script has several. For one thread. */
final class Statements {

    private final List<String> statements = new ArrayList<>();
    private final boolean hasSeveralDatabases;
    private String database = "";

    Statements(boolean hasSeveralDatabases) {
        this.hasSeveralDatabases = hasSeveralDatabases;
    }

    void in(String schema) {
        if (hasSeveralDatabases && !schema.isEmpty() && !schema.equals(database)) {
            statements.add("USE " + Sql.name(schema));
            database = schema;
        }
    }

    void add(String schema, String statement) {
        in(schema);
        statements.add(statement);
    }

    void add(String schema, List<String> more) {
        if (!more.isEmpty()) {
            in(schema);
            statements.addAll(more);
        }
    }

    List<String> all() {
        return List.copyOf(statements);
    }
}
