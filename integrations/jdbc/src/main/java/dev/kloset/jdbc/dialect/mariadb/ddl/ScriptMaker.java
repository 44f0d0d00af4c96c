package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.Sessions;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the scripts of a database of what the server shows. For one thread. */
public final class ScriptMaker {

    private final Connection connection;
    private final List<Table> tables;
    private final boolean isMariaDb;
    private final boolean hasSeveralDatabases;
    private final Set<String> schemas = new TreeSet<>();
    private final Statements before;
    private final Statements after;
    private final Map<TableName, List<String>> creates = new HashMap<>();
    private final Map<TableName, List<String>> triggers = new HashMap<>();
    private final List<String> lost = new ArrayList<>();

    public ScriptMaker(Connection connection, List<Table> tables) throws SQLException {
        this.connection = connection;
        this.tables = List.copyOf(tables);
        isMariaDb = Sessions.isMariaDb(connection);
        Optional<String> database = Queries.text(connection, "SELECT DATABASE()");
        hasSeveralDatabases = database.isEmpty();
        database.ifPresent(schemas::add);
        tables.forEach(table -> schemas.add(table.name().schema()));
        before = new Statements(hasSeveralDatabases);
        after = new Statements(hasSeveralDatabases);
    }

    public Scripts make() throws SQLException {
        Rights rights = Rights.of(connection);
        for (String schema : schemas) {
            lost.addAll(rights.missing(schema));
            database(schema);
            sequences(schema);
        }
        Set<TableName> excluded = excluded();
        makeTables(excluded);
        StoredObjects objects = new StoredObjects(connection, schemas, after, lost);
        objects.routines();
        objects.views(excluded);
        objects.triggers(tableNames()).forEach((table, statements) -> {
            Statements own = new Statements(hasSeveralDatabases);
            own.add(table.schema(), statements);
            triggers.put(table, own.all());
        });
        objects.events();
        return new Scripts(before.all(), creates, triggers, after.all(), lost);
    }

    private Set<TableName> tableNames() {
        Set<TableName> names = new HashSet<>();
        tables.forEach(table -> names.add(table.name()));
        return names;
    }

    private void database(String schema) throws SQLException {
        String collation = Queries.text(connection,
                "SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = ?", schema)
                .orElse("");
        if (hasSeveralDatabases) {
            before.add("", "CREATE DATABASE IF NOT EXISTS " + Sql.name(schema) + " COLLATE " + collation);
        }
    }

    private void sequences(String schema) throws SQLException {
        for (String name : Queries.list(connection, "SELECT table_name FROM information_schema.tables "
                + "WHERE table_schema = ? AND table_type = 'SEQUENCE' ORDER BY table_name", row -> row.getString(1),
                schema)) {
            TableName sequence = new TableName(schema, name);
            before.add(schema,
                    Queries.list(connection, "SHOW CREATE SEQUENCE " + Sql.name(sequence), row -> row.getString(2))
                            .getFirst());
            after.add(schema, Queries.list(connection,
                    "SELECT next_not_cached_value, cycle_count FROM " + Sql.name(sequence),
                    row -> "DO SETVAL(" + Sql.name(name) + ", " + row.getString(1) + ", 0, " + row.getString(2) + ")")
                    .getFirst());
        }
    }

    /** {@return tables that are there and not wanted} */
    private Set<TableName> excluded() throws SQLException {
        Set<TableName> excluded = new HashSet<>(Queries.list(connection,
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
                row -> new TableName(row.getString(1), row.getString(2))));
        excluded.removeAll(tableNames());
        otherTables().forEach(excluded::remove);
        excluded.removeIf(table -> !schemas.contains(table.schema()));
        return excluded;
    }

    private void makeTables(Set<TableName> excluded) throws SQLException {
        Set<TableName> withRows = tableNames();
        for (Table table : tables) {
            make(table.name(), excluded);
        }
        for (TableName table : otherTables()) {
            if (!withRows.contains(table)) {
                make(table, excluded);
            }
        }
        if (isMariaDb) {
            versioned();
        }
    }

    private void make(TableName table, Set<TableName> excluded) throws SQLException {
        CreatedTable created = CreatedTable.of(connection, table);
        before.add(table.schema(), created.create());
        Statements own = new Statements(hasSeveralDatabases);
        own.add(table.schema(), created.create());
        creates.put(table, own.all());
        List<String> kept = new ArrayList<>();
        for (String foreignKey : created.foreignKeys()) {
            Optional<TableName> missing = excluded.stream()
                    .filter(other -> refers(foreignKey, table, other))
                    .findFirst();
            missing.ifPresentOrElse(
                    other -> lost.add("a foreign key of " + table + " needs the excluded table " + other),
                    () -> kept.add(foreignKey));
        }
        if (!kept.isEmpty()) {
            after.add(table.schema(), "ALTER TABLE " + Sql.name(table.name()) + " ADD " + String.join(", ADD ", kept));
        }
    }

    private static boolean refers(String foreignKey, TableName from, TableName to) {
        String name = to.schema().equals(from.schema()) ? Sql.name(to.name()) : Sql.name(to);
        return foreignKey.contains(" REFERENCES " + name + " (");
    }

    /** {@return tables that have no rows of their own} */
    private List<TableName> otherTables() throws SQLException {
        return Queries
                .list(connection,
                        """
                                SELECT table_schema, table_name FROM information_schema.tables
                                WHERE table_type = 'BASE TABLE' AND engine IN ('MRG_MyISAM', 'FEDERATED', 'CONNECT', 'SPIDER', 'BLACKHOLE')
                                ORDER BY table_schema, table_name""",
                        row -> new TableName(row.getString(1), row.getString(2)))
                .stream()
                .filter(table -> schemas.contains(table.schema()))
                .toList();
    }

    private void versioned() throws SQLException {
        Set<TableName> withRows = tableNames();
        Queries.list(connection, "SELECT table_schema, table_name FROM information_schema.tables "
                + "WHERE table_type = 'SYSTEM VERSIONED' ORDER BY table_schema, table_name",
                row -> new TableName(row.getString(1), row.getString(2)))
                .stream()
                .filter(withRows::contains)
                .forEach(table -> lost.add(table + ": the former versions of its rows; the present ones are kept"));
    }
}
