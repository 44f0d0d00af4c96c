package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;

/** Queries that write comments. */
final class CatalogComments {

    /** The kind of an object as {@code COMMENT ON} spells it, from the word of {@code pg_identify_object}. */
    private static final String KIND = """
            CASE WHEN i.type LIKE '% column' THEN 'COLUMN' WHEN i.type IN ('table constraint', 'domain constraint') THEN 'CONSTRAINT'
                WHEN i.type = 'composite type' THEN 'TYPE' WHEN i.type = 'statistics object' THEN 'STATISTICS'
                ELSE pg_catalog.upper(i.type) END""";

    private static final String STATEMENT = "'COMMENT ON ' || " + KIND
            + " || ' ' || CASE i.type WHEN 'domain constraint' THEN pg_catalog.replace(i.identity, ' on ', ' ON DOMAIN ')"
            + " WHEN 'table constraint' THEN pg_catalog.replace(i.identity, ' on ', ' ON ') ELSE i.identity END"
            + " || ' IS ' || pg_catalog.quote_literal(d.description)";

    private static final String FROM_COMMENTS = " " + """
            FROM pg_catalog.pg_description d
            CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i\s""";

    /** Of tables, their columns, constraints, indexes and triggers. */
    static final String OF_TABLES = "SELECT c.oid, " + STATEMENT + FROM_COMMENTS + """
            JOIN pg_catalog.pg_class c ON c.oid = CASE d.classoid
                WHEN 'pg_catalog.pg_class'::pg_catalog.regclass THEN coalesce(
                    (SELECT x.indrelid FROM pg_catalog.pg_index x WHERE x.indexrelid = d.objoid), d.objoid)
                WHEN 'pg_catalog.pg_constraint'::pg_catalog.regclass THEN
                    (SELECT k.conrelid FROM pg_catalog.pg_constraint k WHERE k.oid = d.objoid)
                WHEN 'pg_catalog.pg_trigger'::pg_catalog.regclass THEN
                    (SELECT g.tgrelid FROM pg_catalog.pg_trigger g WHERE g.oid = d.objoid) END
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND\s""" + Relation.OF_USERS + " ORDER BY 2";

    /** Of everything that users made; an extension brings its own. */
    static final String ALL = "SELECT 0, " + STATEMENT + FROM_COMMENTS + """
            WHERE d.objoid >= 16384 AND i.type <> 'extension' AND coalesce(i.schema, '') !~ '^(pg_|information_schema$)'
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid
                    AND e.deptype = 'e') ORDER BY 2""";

    private CatalogComments() {}
}
