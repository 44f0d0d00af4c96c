package dev.kloset.jdbc.dialect.postgresql.script;

/** Queries that write types as SQL. Each gives number, name and statement. */
final class CatalogTypes {

    private static final String FROM_TYPES = " " + """
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')\s""";

    static final String ENUMS = """
            SELECT t.oid, pg_catalog.format('%I.%I', n.nspname, t.typname), pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)',
                n.nspname, t.typname, (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', '
                    ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))"""
            + FROM_TYPES
            + "AND t.typtype = 'e'";

    static final String DOMAINS = """
            SELECT t.oid, pg_catalog.format('%I.%I', n.nspname, t.typname), pg_catalog.format('CREATE DOMAIN %I.%I AS %s', n.nspname,
                t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod))
                || coalesce((SELECT pg_catalog.format(' COLLATE %I.%I', cn.nspname, o.collname) FROM pg_catalog.pg_collation o
                    JOIN pg_catalog.pg_namespace cn ON cn.oid = o.collnamespace JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
                    WHERE o.oid = t.typcollation AND t.typcollation <> b.typcollation), '')
                || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || t.typdefault, '')
                || coalesce((SELECT pg_catalog.string_agg(pg_catalog.format(' CONSTRAINT %I ', k.conname)
                    || pg_catalog.pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                    FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')"""
            + FROM_TYPES
            + "AND t.typtype = 'd'";

    static final String COMPOSITES = """
            SELECT t.oid, pg_catalog.format('%I.%I', n.nspname, t.typname), pg_catalog.format(E'CREATE TYPE %I.%I AS (\\n    %s)',
                n.nspname, t.typname, (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' '
                    || pg_catalog.format_type(a.atttypid, a.atttypmod), E',\\n    ' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))"""
            + FROM_TYPES + "AND t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class r"
            + " WHERE r.oid = t.typrelid AND r.relkind = 'c')";

    static final String ALL = ENUMS + " UNION ALL " + DOMAINS + " UNION ALL " + COMPOSITES;

    private CatalogTypes() {}
}
