package dev.kloset.jdbc.dialect.postgresql.script;

/** Queries that write tables and sequences as SQL. */
final class CatalogTables {

    static final String FROM_TABLES = " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ";

    /** The options of the sequence {@code q} in {@code pg_sequence}. */
    static final String SEQUENCE_OPTIONS = """
            pg_catalog.format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s', q.seqstart, q.seqincrement,
                q.seqmin, q.seqmax, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)""";

    /**
     * A column {@code a} of the table {@code c}, of the type {@code t}, with the default {@code d}. A partition has the identity of its
     * parent, without a sequence of its own.
     */
    private static final String COLUMN = """
            pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation THEN
                (SELECT pg_catalog.format(' COLLATE %%I.%%I', n.nspname, o.collname) FROM pg_catalog.pg_collation o
                JOIN pg_catalog.pg_namespace n ON n.oid = o.collnamespace WHERE o.oid = a.attcollation) ELSE '' END
            || CASE WHEN a.attgenerated = 's' THEN
                    ' GENERATED ALWAYS AS (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                WHEN a.attgenerated <> '' THEN
                    ' GENERATED ALWAYS AS (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ') VIRTUAL'
                WHEN a.attidentity <> '' THEN coalesce(' GENERATED ' || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END
                    || ' AS IDENTITY (' || (SELECT %s || %s FROM pg_catalog.pg_depend i
                        JOIN pg_catalog.pg_sequence q ON q.seqrelid = i.objid
                        JOIN pg_catalog.pg_class s ON s.oid = i.objid
                        JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
                        WHERE i.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.refobjid = c.oid
                            AND i.refobjsubid = a.attnum AND i.deptype = 'i') || ')', '')
                WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) ELSE '' END
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END""";

    private static final String COLUMNS = """
            SELECT pg_catalog.string_agg(%s, E',\\n    ' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped%s""";

    private static final String CREATE = """
            'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END
            || pg_catalog.format(E'TABLE %I.%I (\\n    ', n.nspname, c.relname)""";

    private static final String OPTIONS = """
            coalesce(' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')', '')
            || coalesce((SELECT ' TABLESPACE ' || pg_catalog.quote_ident(s.spcname) FROM pg_catalog.pg_tablespace s
                WHERE s.oid = c.reltablespace), '')""";

    /** A table by itself, with all of its columns wherever they come from. */
    static final String ALONE = CREATE + " || coalesce(("
            + COLUMNS.formatted(COLUMN.formatted("''", SEQUENCE_OPTIONS), "")
            + "), '') || ')'";

    /** A table beside the others, with the columns and checks that are its own. */
    static final String IN_DATABASE = CREATE + " || pg_catalog.concat_ws(E',\\n    ', ("
            + COLUMNS.formatted(COLUMN.formatted("pg_catalog.format('SEQUENCE NAME %I.%I ', sn.nspname, s.relname)",
                    SEQUENCE_OPTIONS), " AND (a.attislocal OR c.relispartition)")
            + """
                    ), (SELECT pg_catalog.string_agg(pg_catalog.format('CONSTRAINT %I ', k.conname)
                        || pg_catalog.pg_get_constraintdef(k.oid), E',\\n    ' ORDER BY k.conname)
                        FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
                            AND (k.conislocal OR c.relispartition))) || E'\\n)' || coalesce((
                        SELECT pg_catalog.format(' INHERITS (%s)', pg_catalog.string_agg(
                            h.inhparent::pg_catalog.regclass::text, ', ' ORDER BY h.inhseqno))
                        FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid AND NOT c.relispartition HAVING count(*) > 0), '')
                    || CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid) ELSE '' END
                    || coalesce((SELECT ' USING ' || pg_catalog.quote_ident(m.amname) FROM pg_catalog.pg_am m
                        WHERE m.oid = c.relam AND m.amname <> 'heap'), '') ||\s"""
            + OPTIONS;

    private CatalogTables() {}
}
