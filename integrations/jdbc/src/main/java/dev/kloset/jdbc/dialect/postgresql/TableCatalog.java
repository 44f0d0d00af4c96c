package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tables that have rows: ordinary ones and partitions, each with its own rows only. Partitioned tables have none themselves, and
 * those of foreign tables are elsewhere.
 */
final class TableCatalog {

    private static final String FROM_TABLES = """
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\s""";
    private static final String WHERE_WITH_ROWS = " WHERE c.relkind = 'r' AND " + Relation.OF_USERS;

    private TableCatalog() {}

    static List<Table> tables(Connection connection, Predicate<TableName> wanted) throws SQLException {
        Map<Long, List<Column>> columns = columns(connection);
        Map<Long, List<String>> keys = keys(connection);
        List<Table> tables = new ArrayList<>();
        Sql.all(connection, """
                SELECT c.oid, n.nspname, c.relname, c.reltuples::bigint, pg_catalog.pg_relation_size(c.oid)
                    + coalesce(pg_catalog.pg_relation_size(nullif(c.reltoastrelid, 0)), 0)\s""" + FROM_TABLES
                + WHERE_WITH_ROWS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
                row -> tables.add(table(row, columns, keys)));
        return tables.stream()
                .filter(table -> wanted.test(table.name()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    private static Table table(ResultSet row, Map<Long, List<Column>> columns, Map<Long, List<String>> keys)
            throws SQLException {
        long id = row.getLong(1);
        return new Table(new TableName(row.getString(2), row.getString(3)), columns.getOrDefault(id, List.of()),
                keys.getOrDefault(id, List.of()), row.getLong(5), Math.max(0, row.getLong(4)));
    }

    private static Map<Long, List<Column>> columns(Connection connection) throws SQLException {
        Map<Long, List<Column>> columns = new HashMap<>();
        Sql.all(connection, """
                SELECT c.oid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                    coalesce(b.typname, t.typname),
                    NOT (a.attnotnull OR t.typnotnull), a.attgenerated <> ''\s""" + FROM_TABLES + """
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype""" + WHERE_WITH_ROWS
                + " ORDER BY c.oid, a.attnum",
                row -> columns.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Column(row.getString(2), row.getString(3), kind(row.getString(4)),
                                row.getBoolean(5), row.getBoolean(6))));
        return columns;
    }

    private static ColumnKind kind(String type) {
        return switch (type) {
            case "bool" -> ColumnKind.BOOLEAN;
            case "int2", "int4", "int8" -> ColumnKind.INTEGER;
            case "numeric" -> ColumnKind.DECIMAL;
            case "float4", "float8" -> ColumnKind.FLOAT;
            case "text", "varchar", "bpchar", "name" -> ColumnKind.TEXT;
            case "bytea" -> ColumnKind.BYTES;
            case "date" -> ColumnKind.DATE;
            case "time" -> ColumnKind.TIME;
            case "timestamp" -> ColumnKind.TIMESTAMP;
            case "timestamptz" -> ColumnKind.TIMESTAMP_WITH_ZONE;
            case "uuid" -> ColumnKind.UUID;
            case "json", "jsonb" -> ColumnKind.JSON;
            default -> ColumnKind.OTHER;
        };
    }

    /** The primary key, else the unique index without nulls that has the fewest columns. */
    private static Map<Long, List<String>> keys(Connection connection) throws SQLException {
        Map<Long, List<String>> keys = new HashMap<>();
        Sql.all(connection,
                """
                        SELECT c.oid, (SELECT pg_catalog.array_agg(a.attname::text ORDER BY k.place)
                            FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY k(number, place)
                            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
                            WHERE k.place <= i.indnkeyatts)\s""" + FROM_TABLES + """
                        JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
                        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                        JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'btree'""" + WHERE_WITH_ROWS
                        + """
                                     AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                                    AND (i.indimmediate OR i.indisprimary) AND NOT EXISTS (
                                        SELECT FROM pg_catalog.pg_attribute a
                                        WHERE a.attrelid = c.oid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) AND NOT a.attnotnull)
                                ORDER BY c.oid, i.indisprimary DESC, i.indnkeyatts, x.relname COLLATE "C\"""",
                row -> keys.putIfAbsent(row.getLong(1), List.of((String[]) row.getArray(2).getArray())));
        return keys;
    }
}
