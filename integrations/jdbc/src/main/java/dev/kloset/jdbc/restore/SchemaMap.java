package dev.kloset.jdbc.restore;

import dev.kloset.ConfigException;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Dialect;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Under which names schemas are restored. */
record SchemaMap(Map<String, String> names) {

    static SchemaMap of(List<String> entries) throws ConfigException {
        Map<String, String> names = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals <= 0 || equals == entry.length() - 1) {
                throw new ConfigException(
                        "the setting \"schema_map\" must be a list such as public=old, sales=sales_2024");
            }
            names.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
        }
        return new SchemaMap(Map.copyOf(names));
    }

    TableName of(TableName table) {
        return new TableName(names.getOrDefault(table.schema(), table.schema()), table.name());
    }

    Table of(Table table) {
        return new Table(of(table.name()), table.columns(), table.key(), table.bytes(), table.rows());
    }

    /**
     * {@return these names, and {@code home} for the schema of these tables, if they all have one that has no other name}
     *
     * @param home empty if the target has no such schema
     */
    SchemaMap at(Optional<String> home, Collection<TableName> tables) {
        Set<String> from = tables.stream().map(TableName::schema).collect(Collectors.toSet());
        if (home.isEmpty() || from.size() != 1 || names.keySet().containsAll(from)) {
            return this;
        }
        Map<String, String> all = new HashMap<>(names);
        all.put(from.iterator().next(), home.get());
        return new SchemaMap(Map.copyOf(all));
    }

    List<String> of(List<String> statements, Dialect dialect) {
        return names.isEmpty()
                ? statements
                : statements.stream()
                        .map(statement -> new SqlRename(statement, names, dialect::quoted).text())
                        .toList();
    }
}
