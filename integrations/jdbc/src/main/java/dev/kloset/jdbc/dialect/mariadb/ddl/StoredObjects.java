package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.ddl.StoredProgram.Kind;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything but tables and sequences, added to the script that runs after the rows have come. For one thread. */
final class StoredObjects {

    private final Connection connection;
    private final Set<String> schemas;
    private final Statements after;
    private final List<String> lost;

    StoredObjects(Connection connection, Set<String> schemas, Statements after, List<String> lost) {
        this.connection = connection;
        this.schemas = schemas;
        this.after = after;
        this.lost = lost;
    }

    void routines() throws SQLException {
        for (String schema : schemas) {
            List<String[]> routines = Queries.list(connection, """
                    SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = ?
                    ORDER BY routine_type, routine_name""", row -> new String[]{ row.getString(1), row.getString(2) },
                    schema);
            for (String[] routine : routines) {
                add(Kind.valueOf(routine[0].toUpperCase(Locale.ROOT).replace(' ', '_')), schema, routine[1]);
            }
        }
    }

    /** @param excluded tables that will not be there */
    void views(Set<TableName> excluded) throws SQLException {
        Map<TableName, String> definitions = new HashMap<>();
        for (String schema : schemas) {
            Queries.list(connection,
                    "SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = ?",
                    row -> definitions.put(new TableName(schema, row.getString(1)), row.getString(2)), schema);
        }
        for (TableName view : ViewOrder.of(definitions)) {
            String definition = definitions.getOrDefault(view, "");
            Optional<TableName> missing = excluded.stream()
                    .filter(table -> definition.contains(Sql.name(table)))
                    .findFirst();
            if (missing.isPresent()) {
                lost.add("the view " + view + " needs the excluded table " + missing.get());
            } else if (isBroken(view)) {
                lost.add(view
                        + ": a view of a table, column or function that is gone, or that its definer may not read");
            } else {
                add(Kind.VIEW, view.schema(), view.name());
            }
        }
    }

    private boolean isBroken(TableName view) {
        try {
            Queries.run(connection, "EXPLAIN SELECT 1 FROM " + Sql.name(view));
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    /** {@return the statements for each table} They are also added to the script. */
    Map<TableName, List<String>> triggers(Set<TableName> tables) throws SQLException {
        Map<TableName, List<String>> statements = new HashMap<>();
        for (String schema : schemas) {
            List<String[]> triggers = Queries.list(connection, """
                    SELECT event_object_table, trigger_name FROM information_schema.triggers WHERE trigger_schema = ?
                    ORDER BY event_object_table, event_manipulation, action_timing, action_order""",
                    row -> new String[]{ row.getString(1), row.getString(2) }, schema);
            for (String[] trigger : triggers) {
                TableName table = new TableName(schema, trigger[0]);
                if (tables.contains(table)) {
                    statements.computeIfAbsent(table, key -> new ArrayList<>())
                            .addAll(add(Kind.TRIGGER, schema, trigger[1]));
                }
            }
        }
        return statements;
    }

    void events() throws SQLException {
        for (String schema : schemas) {
            for (String event : Queries.list(connection,
                    "SELECT event_name FROM information_schema.events WHERE event_schema = ? ORDER BY event_name",
                    row -> row.getString(1), schema)) {
                add(Kind.EVENT, schema, event);
            }
        }
    }

    private List<String> add(Kind kind, String schema, String name) throws SQLException {
        List<String> statements = StoredProgram.statements(connection, kind, schema, name).orElse(List.of());
        if (statements.isEmpty()) {
            lost.add(schema + "." + name + ": a " + kind.title() + " whose text the user may not see");
        }
        after.add(schema, statements);
        return statements;
    }
}
