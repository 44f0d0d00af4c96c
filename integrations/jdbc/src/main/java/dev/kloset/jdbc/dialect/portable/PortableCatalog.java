package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads the tables of a database from what its driver says. */
final class PortableCatalog {

    private static final String[] TABLES = { "TABLE", "BASE TABLE" };

    private final DatabaseMetaData meta;
    private final String catalog;

    PortableCatalog(Connection connection) throws SQLException {
        this.meta = connection.getMetaData();
        String current = connection.getCatalog();
        this.catalog = current == null ? "" : current;
    }

    /** {@return the tables that are wanted, sorted by name} */
    List<Table> tables(Predicate<TableName> wanted) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (TableName name : names(wanted)) {
            tables.add(new Table(name, columns(name), key(name), 0, 0));
        }
        return tables;
    }

    private List<TableName> names(Predicate<TableName> wanted) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (ResultSet rows = meta.getTables(catalog.isEmpty() ? null : catalog, null, "%", TABLES)) {
            while (rows.next()) {
                String schema = rows.getString("TABLE_SCHEM");
                TableName name = new TableName(schema == null ? "" : schema, rows.getString("TABLE_NAME"));
                if (!isSystem(name.schema()) && wanted.test(name)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }

    private static boolean isSystem(String schema) {
        return schema.equalsIgnoreCase("INFORMATION_SCHEMA") || schema.equalsIgnoreCase("pg_catalog")
                || schema.equals("SYS") || schema.equals("SYSTEM_LOBS") || schema.equals("SYSIBM");
    }

    private String pattern(String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private List<Column> columns(TableName table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = meta.getColumns(catalog.isEmpty() ? null : catalog, pattern(table.schema()),
                pattern(table.name()), "%")) {
            while (rows.next()) {
                columns.add(column(rows));
            }
        }
        return columns;
    }

    private static Column column(ResultSet row) throws SQLException {
        int type = row.getInt("DATA_TYPE");
        String name = row.getString("TYPE_NAME");
        return new Column(row.getString("COLUMN_NAME"),
                ColumnKinds.text(type, name, row.getInt("COLUMN_SIZE"), row.getInt("DECIMAL_DIGITS")),
                ColumnKinds.of(type, name), row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                "YES".equals(row.getString("IS_GENERATEDCOLUMN")));
    }

    private List<String> key(TableName table) throws SQLException {
        SortedMap<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = meta.getPrimaryKeys(catalog.isEmpty() ? null : catalog, table.schema(), table.name())) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return key.isEmpty() ? uniqueKey(table) : List.copyOf(key.values());
    }

    /** {@return the first unique index, by name, whose columns are never null; empty without one} */
    private List<String> uniqueKey(TableName table) throws SQLException {
        Set<String> nullable = new HashSet<>();
        columns(table).stream().filter(Column::isNullable).map(Column::name).forEach(nullable::add);
        SortedMap<String, SortedMap<Integer, String>> indexes = new TreeMap<>();
        try (ResultSet rows = meta.getIndexInfo(catalog.isEmpty() ? null : catalog, table.schema(), table.name(), true,
                false)) {
            while (rows.next()) {
                String column = rows.getString("COLUMN_NAME");
                if (column != null) {
                    indexes.computeIfAbsent(String.valueOf(rows.getString("INDEX_NAME")), _ -> new TreeMap<>())
                            .put(rows.getInt("ORDINAL_POSITION"), column);
                }
            }
        }
        return indexes.values()
                .stream()
                .filter(index -> index.values().stream().noneMatch(nullable::contains))
                .findFirst()
                .map(index -> List.copyOf(index.values()))
                .orElse(List.of());
    }

    /** {@return whether the table is there} */
    boolean exists(TableName table) throws SQLException {
        try (ResultSet rows = meta.getTables(catalog.isEmpty() ? null : catalog, pattern(table.schema()),
                pattern(table.name()), null)) {
            return rows.next();
        }
    }
}
