package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each table alone, from the catalogue: with the types and sequences of its columns, but neither as a partition nor as a child of
 * another table, because that one may not be there.
 */
record TableScripts(Map<TableName, List<String>> tables, Map<TableName, List<String>> tableAfter) {

    private static final String FROM_TABLES = CatalogTables.FROM_TABLES;
    private static final String WHERE = " WHERE c.relkind = 'r' AND " + Relation.OF_USERS;

    /** The types of users in the columns of tables, which are there already if another table has them. */
    private static final String TYPES = """
            SELECT DISTINCT c.oid, u.name, pg_catalog.regexp_replace(u.sql, '^CREATE (TYPE|DOMAIN)', 'CREATE \\1 \s"""
            + ScriptRunner.IF_ABSENT + "')"
            + FROM_TABLES + """
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
                    JOIN (""" + CatalogTypes.ALL + ") u(oid, name, sql) ON u.oid IN (a.atttypid, b.typelem)" + WHERE
            + " ORDER BY 1, 2";

    private static final String SEQUENCES = """
            SELECT DISTINCT c.oid, pg_catalog.format('CREATE SEQUENCE IF NOT EXISTS %I.%I AS %s ', sn.nspname, s.relname,
                pg_catalog.format_type(q.seqtypid, NULL)) ||\s"""
            + CatalogTables.SEQUENCE_OPTIONS + FROM_TABLES
            + """
                    JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid
                    JOIN pg_catalog.pg_depend p ON p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND p.objid = d.oid
                        AND p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    JOIN pg_catalog.pg_sequence q ON q.seqrelid = p.refobjid
                    JOIN pg_catalog.pg_class s ON s.oid = q.seqrelid
                    JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace"""
            + WHERE + " ORDER BY 1, 2";

    static TableScripts read(Connection connection, List<Table> tables) throws SQLException {
        Map<Long, TableName> names = names(connection, tables);
        Map<Long, List<String>> before = new LinkedHashMap<>();
        Map<Long, List<String>> after = new LinkedHashMap<>();
        add(connection, before,
                "SELECT c.oid, pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname)" + FROM_TABLES + WHERE);
        addTypes(connection, before);
        add(connection, before, SEQUENCES);
        add(connection, before, "SELECT c.oid, " + CatalogTables.ALONE + FROM_TABLES + WHERE);
        for (String query : CatalogAfter.OF_TABLES) {
            add(connection, after, query);
        }
        SequenceValues.ofTables(connection).forEach((table, statements) -> list(after, table).addAll(statements));
        return new TableScripts(named(before, names), named(after, names));
    }

    private static void addTypes(Connection connection, Map<Long, List<String>> scripts) throws SQLException {
        Set<String> seen = new HashSet<>();
        Sql.all(connection, TYPES, row -> seen.add(row.getLong(1) + row.getString(2))
                && list(scripts, row.getLong(1)).add(row.getString(3)));
    }

    private static void add(Connection connection, Map<Long, List<String>> scripts, String query) throws SQLException {
        Sql.all(connection, query, row -> list(scripts, row.getLong(1)).add(row.getString(2)));
    }

    private static List<String> list(Map<Long, List<String>> scripts, long table) {
        return scripts.computeIfAbsent(table, _ -> new ArrayList<>());
    }

    private static Map<Long, TableName> names(Connection connection, List<Table> tables) throws SQLException {
        Set<TableName> wanted = new HashSet<>(tables.stream().map(Table::name).toList());
        Map<Long, TableName> names = new HashMap<>();
        Sql.all(connection, "SELECT c.oid, n.nspname, c.relname" + FROM_TABLES + WHERE, row -> {
            TableName name = new TableName(row.getString(2), row.getString(3));
            return wanted.contains(name) && names.put(row.getLong(1), name) == null;
        });
        return names;
    }

    private static Map<TableName, List<String>> named(Map<Long, List<String>> scripts, Map<Long, TableName> names) {
        Map<TableName, List<String>> named = new HashMap<>();
        names.forEach((id, name) -> named.put(name, scripts.getOrDefault(id, List.of())));
        return named;
    }
}
