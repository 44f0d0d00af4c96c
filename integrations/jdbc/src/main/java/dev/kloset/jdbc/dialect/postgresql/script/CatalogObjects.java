package dev.kloset.jdbc.dialect.postgresql.script;

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
import java.util.SequencedMap;
import java.util.Set;

/** Objects that may depend on each other, put into an order in which they can be made. */
final class CatalogObjects {

    /** Kind and number, statement, whether it is a view; in the order for objects that do not depend on each other. */
    private static final List<String> QUERIES = List.of(
            """
                    SELECT 'pg_namespace'::regclass::oid, n.oid, format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname), false
                    FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
                        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid
                            AND e.deptype = 'e') ORDER BY n.nspname COLLATE "C\"""",
            """
                    SELECT 'pg_extension'::regclass::oid, x.oid, format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', x.extname,
                        n.nspname), false
                    FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'
                    ORDER BY x.extname COLLATE "C\"""",
            "SELECT 'pg_type'::regclass::oid, a.oid, a.sql, false FROM (" + CatalogTypes.ALL
                    + ") a(oid, name, sql) ORDER BY a.name COLLATE \"C\"",
            """
                    SELECT 'pg_proc'::regclass::oid, p.oid, rtrim(pg_get_functiondef(p.oid), E'\\n'), false
                    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE p.prokind <> 'a' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (
                        SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid
                            AND e.deptype IN ('e', 'i'))
                    ORDER BY p.oid::regprocedure::text COLLATE "C\"""",
            """
                    SELECT 'pg_class'::regclass::oid, c.oid, format('CREATE %sSEQUENCE %I.%I AS %s ',
                        CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname,
                        format_type(q.seqtypid, NULL)) || \s""" + CatalogTables.SEQUENCE_OPTIONS
                    + """
                            , false FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
                            WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                                AND e.deptype = 'i') AND\s"""
                    + Relation.OF_USERS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
            "SELECT 'pg_class'::regclass::oid, c.oid, " + CatalogTables.IN_DATABASE + """
                    , false FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')
                    AND c.reloftype = 0 AND\s""" + Relation.OF_USERS
                    + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
            """
                    SELECT 'pg_class'::regclass::oid, c.oid, format('CREATE %sVIEW %I.%I', CASE c.relkind WHEN 'm'
                        THEN 'MATERIALIZED ' ELSE '' END, n.nspname, c.relname)
                        || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
                        || ' AS ' || rtrim(pg_get_viewdef(c.oid), '; ') || CASE c.relkind WHEN 'm' THEN ' WITH NO DATA' ELSE '' END, true
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND\s"""
                    + Relation.OF_USERS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"");

    /** What depends on what, with the parts of an object standing for it: its defaults, its rule, its type, its checks. Sequences do not depend on their columns. */
    private static final String DEPENDENCIES = """
            SELECT coalesce(a.kind, d.classid), coalesce(a.number, d.objid), coalesce(b.kind, d.refclassid), coalesce(b.number, d.refobjid)
            FROM pg_depend d LEFT JOIN parts a ON a.part = d.classid AND a.id = d.objid
            LEFT JOIN parts b ON b.part = d.refclassid AND b.id = d.refobjid
            WHERE (d.objid >= 16384 OR d.refobjid >= 16384)
                AND NOT (d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)""";
    private static final String PARTS = """
            WITH parts(part, id, kind, number) AS (
                SELECT 'pg_attrdef'::regclass, oid, 'pg_class'::regclass::oid, adrelid FROM pg_attrdef
                UNION ALL SELECT 'pg_rewrite'::regclass, oid, 'pg_class'::regclass, ev_class FROM pg_rewrite WHERE rulename = '_RETURN'
                UNION ALL SELECT 'pg_constraint'::regclass, oid, 'pg_class'::regclass, conrelid FROM pg_constraint
                    WHERE conrelid <> 0 AND contype = 'c'
                UNION ALL SELECT 'pg_constraint'::regclass, oid, 'pg_type'::regclass, contypid FROM pg_constraint WHERE contypid <> 0
                UNION ALL SELECT 'pg_type'::regclass, t.oid, 'pg_class'::regclass, t.typrelid FROM pg_type t
                    JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c'
                UNION ALL SELECT 'pg_type'::regclass, t.oid, coalesce(c.kind, 'pg_type'::regclass), coalesce(c.number, t.typelem)
                    FROM pg_type t LEFT JOIN LATERAL (SELECT 'pg_class'::regclass::oid, e.typrelid FROM pg_type e
                        JOIN pg_class r ON r.oid = e.typrelid AND r.relkind <> 'c' WHERE e.oid = t.typelem) c(kind, number) ON true
                    WHERE t.typelem <> 0 AND t.typcategory = 'A'
                UNION ALL SELECT 'pg_class'::regclass, c.oid, 'pg_type'::regclass, c.reltype FROM pg_class c WHERE c.relkind = 'c')
            """;

    private final Map<CatalogObject.Id, CatalogObject> objects = new LinkedHashMap<>();
    private final Map<CatalogObject.Id, List<CatalogObject.Id>> needs = new HashMap<>();
    private final Set<CatalogObject.Id> visited = new HashSet<>();
    private final SequencedMap<CatalogObject.Id, CatalogObject> ordered = new LinkedHashMap<>();

    private CatalogObjects() {}

    /** {@return all objects, each behind what it needs} Of a circle, one stands in front. */
    static List<CatalogObject> read(Connection connection) throws SQLException {
        CatalogObjects all = new CatalogObjects();
        for (String query : QUERIES) {
            Sql.all(connection, query, row -> {
                CatalogObject.Id id = new CatalogObject.Id(row.getLong(1), row.getLong(2));
                return all.objects.put(id, new CatalogObject(id, row.getString(3), row.getBoolean(4)));
            });
        }
        Sql.all(connection, PARTS + DEPENDENCIES, row -> all.needs
                .computeIfAbsent(new CatalogObject.Id(row.getLong(1), row.getLong(2)), _ -> new ArrayList<>())
                .add(new CatalogObject.Id(row.getLong(3), row.getLong(4))));
        List.copyOf(all.objects.keySet()).forEach(all::visit);
        return List.copyOf(all.ordered.values());
    }

    private void visit(CatalogObject.Id id) {
        CatalogObject object = objects.get(id);
        if (object != null && visited.add(id)) {
            List<CatalogObject.Id> needed = needs.getOrDefault(id, List.of());
            needed.forEach(this::visit);
            boolean needsView = needed.stream()
                    .anyMatch(other -> ordered.containsKey(other) && ordered.get(other).isView());
            ordered.put(id, needsView ? new CatalogObject(id, object.sql(), true) : object);
        }
    }
}
