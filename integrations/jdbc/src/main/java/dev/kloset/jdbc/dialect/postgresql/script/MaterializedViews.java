package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Fills materialized views after a restore, one that reads another after that one. */
final class MaterializedViews {

    private MaterializedViews() {}

    static List<String> refresh(Connection connection) throws SQLException {
        Map<String, List<String>> sources = new HashMap<>();
        Sql.all(connection, """
                SELECT DISTINCT r.ev_class::pg_catalog.regclass::text, d.refobjid::pg_catalog.regclass::text
                FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_depend d
                    ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.ev_class
                JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
                JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind IN ('v', 'm')""",
                row -> sources.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(row.getString(2)));
        List<String> filled = Sql.all(connection, """
                SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'm' AND c.relispopulated AND""" + " " + Relation.OF_USERS + " ORDER BY 1",
                row -> row.getString(1));
        SequencedSet<String> ordered = new LinkedHashSet<>();
        filled.forEach(view -> add(view, sources, ordered));
        return ordered.stream().filter(filled::contains).map(view -> "REFRESH MATERIALIZED VIEW " + view).toList();
    }

    /** Views cannot depend on themselves, so this ends. */
    private static void add(String view, Map<String, List<String>> sources, SequencedSet<String> ordered) {
        if (!ordered.contains(view)) {
            sources.getOrDefault(view, List.of()).forEach(source -> add(source, sources, ordered));
            ordered.add(view);
        }
    }
}
