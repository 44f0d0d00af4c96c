package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Scripts from the catalogue, for a machine without pg_dump. Views, and what needs them, come after the keys, on which they may depend.
 */
record CatalogScripts(List<String> before, List<String> after) {

    private static final String FROM_TABLES = CatalogTables.FROM_TABLES;

    /** A child's own defaults for columns of its parent, and those of views. */
    private static final String DEFAULTS = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I SET %s', n.nspname, c.relname, a.attname, s.words)"""
            + FROM_TABLES
            + """
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                    CROSS JOIN LATERAL (VALUES ('DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)),
                        (CASE WHEN a.attnotnull THEN 'NOT NULL' END)) s(words)
                    WHERE s.words IS NOT NULL AND NOT c.relispartition AND %s AND\s"""
            + Relation.OF_USERS;

    private static final String OF_CHILDREN = "c.relkind IN ('r', 'p') AND NOT a.attislocal";
    private static final String OF_VIEWS = "c.relkind = 'v'";

    private static final String PARTITIONS = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE ONLY %s ATTACH PARTITION %I.%I %s', h.inhparent::pg_catalog.regclass, n.nspname,
                c.relname, pg_catalog.pg_get_expr(c.relpartbound, c.oid))"""
            + FROM_TABLES
            + "JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid WHERE c.relkind IN ('r', 'p') AND c.relispartition AND "
            + Relation.OF_USERS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";

    private static final String PARTITIONS_OF_INDEXES = """
            SELECT c.oid, pg_catalog.format('ALTER INDEX %s ATTACH PARTITION %I.%I', h.inhparent::pg_catalog.regclass, n.nspname,
                c.relname)"""
            + FROM_TABLES + "JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid WHERE c.relkind IN ('i', 'I') AND "
            + Relation.OF_USERS + " ORDER BY c.relkind, n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";

    static CatalogScripts read(Connection connection) throws SQLException {
        List<CatalogObject> objects = CatalogObjects.read(connection);
        List<String> before = new ArrayList<>(
                objects.stream().filter(object -> !object.isView()).map(CatalogObject::sql).toList());
        for (String query : List.of(DEFAULTS.replace("AND %s AND", "AND " + OF_CHILDREN + " AND"), PARTITIONS,
                CatalogAfter.OWNED_SEQUENCES)) {
            before.addAll(statements(connection, query));
        }
        List<String> after = new ArrayList<>(statements(connection, CatalogAfter.COLUMN_OPTIONS));
        after.addAll(statements(connection, CatalogAfter.KEYS));
        List<String> views = objects.stream().filter(CatalogObject::isView).map(CatalogObject::sql).toList();
        after.addAll(views);
        for (String query : afterViews()) {
            after.addAll(statements(connection, query));
        }
        return new CatalogScripts(before, after);
    }

    private static List<String> afterViews() {
        return List.of(DEFAULTS.replace("AND %s AND", "AND " + OF_VIEWS + " AND"), CatalogAfter.INDEXES,
                PARTITIONS_OF_INDEXES,
                CatalogAfter.CHECKS_NOT_VALID, CatalogAfter.CLUSTER, CatalogAfter.REPLICA_IDENTITY,
                CatalogAfter.STATISTICS,
                CatalogAfter.FOREIGN_KEYS, CatalogAfter.TRIGGERS.formatted("g.tgparentid = 0"),
                CatalogAfter.TRIGGER_STATES,
                CatalogAfter.RULES, CatalogAfter.ROW_SECURITY, CatalogAfter.POLICIES, CatalogComments.ALL,
                CatalogRights.OWNERS,
                CatalogRights.GRANTS, CatalogRights.GRANTS_ON_COLUMNS);
    }

    private static List<String> statements(Connection connection, String query) throws SQLException {
        return Sql.all(connection, query, row -> row.getString(2));
    }
}
