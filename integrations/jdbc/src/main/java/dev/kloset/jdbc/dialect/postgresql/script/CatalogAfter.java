package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import java.util.ArrayList;
import java.util.List;

/** Queries that write what comes after the rows of tables. Each gives the table's number and a statement. */
final class CatalogAfter {

    private static final String FROM_TABLES = CatalogTables.FROM_TABLES;
    private static final String WHERE = " WHERE c.relkind IN ('r', 'p') AND " + Relation.OF_USERS;

    private static final String CONSTRAINTS = "SELECT c.oid, pg_catalog.format('ALTER TABLE ONLY %%I.%%I ADD CONSTRAINT %%I %%s',"
            + " n.nspname, c.relname, k.conname, pg_catalog.pg_get_constraintdef(k.oid))" + FROM_TABLES
            + "JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid" + WHERE
            + " AND k.contype IN (%s) AND %s ORDER BY k.contype = 'p' DESC, n.nspname COLLATE \"C\", c.relname COLLATE \"C\", k.conname COLLATE \"C\"";

    static final String KEYS = CONSTRAINTS.formatted("'p', 'u', 'x'", "true");
    static final String CHECKS_NOT_VALID = CONSTRAINTS.formatted("'c'", "NOT k.convalidated AND k.conislocal");
    private static final String CHECKS = CONSTRAINTS.formatted("'c'", "true");
    static final String FOREIGN_KEYS = CONSTRAINTS.formatted("'f'", "k.conparentid = 0")
            .replace("ALTER TABLE ONLY %I.%I ADD CONSTRAINT %I %s', n.nspname",
                    "ALTER TABLE %s%I.%I ADD CONSTRAINT %I %s', CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, n.nspname");

    static final String INDEXES = "SELECT c.oid, pg_catalog.pg_get_indexdef(i.indexrelid)"
            + FROM_TABLES.replace("FROM pg_catalog.pg_class c",
                    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index i ON i.indrelid = c.oid")
            + """
                    WHERE c.relkind IN ('r', 'p', 'm') AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
                        WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) AND\s""" + Relation.OF_USERS
            + " ORDER BY i.indexrelid::pg_catalog.regclass::text COLLATE \"C\"";

    static final String CLUSTER = "SELECT c.oid, pg_catalog.format('ALTER TABLE %I.%I CLUSTER ON %I', n.nspname, c.relname, x.relname)"
            + FROM_TABLES
            + "JOIN pg_catalog.pg_index i ON i.indrelid = c.oid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + WHERE + " AND i.indisclustered";

    static final String REPLICA_IDENTITY = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY ', n.nspname, c.relname)
                || CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE 'USING INDEX '
                || (SELECT pg_catalog.quote_ident(x.relname) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                    WHERE i.indrelid = c.oid AND i.indisreplident) END"""
            + FROM_TABLES + WHERE + " AND c.relreplident <> 'd'";

    static final String STATISTICS = "SELECT c.oid, pg_catalog.pg_get_statisticsobjdef(x.oid)" + FROM_TABLES
            + "JOIN pg_catalog.pg_statistic_ext x ON x.stxrelid = c.oid" + WHERE + " ORDER BY x.stxname COLLATE \"C\"";

    static final String TRIGGERS = "SELECT c.oid, pg_catalog.pg_get_triggerdef(g.oid)" + FROM_TABLES
            + "JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid WHERE c.relkind IN ('r', 'p', 'v') AND NOT g.tgisinternal AND %s"
            + " AND " + Relation.OF_USERS + " ORDER BY c.relname COLLATE \"C\", g.tgname COLLATE \"C\"";

    static final String TRIGGER_STATES = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE %I.%I %s TRIGGER %I', n.nspname, c.relname, CASE g.tgenabled
                WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, g.tgname)"""
            + FROM_TABLES
            + "JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid" + WHERE
            + " AND NOT g.tgisinternal AND g.tgenabled <> 'O'";

    static final String RULES = """
            SELECT c.oid, pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';')""" + FROM_TABLES
            + "JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid WHERE c.relkind IN ('r', 'p', 'v') AND r.rulename <> '_RETURN' AND "
            + Relation.OF_USERS + " ORDER BY c.relname COLLATE \"C\", r.rulename COLLATE \"C\"";

    static final String ROW_SECURITY = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE %I.%I %s ROW LEVEL SECURITY', n.nspname, c.relname, s.words)"""
            + FROM_TABLES + """
                    JOIN (VALUES ('ENABLE'), ('FORCE')) s(words)
                        ON CASE s.words WHEN 'ENABLE' THEN c.relrowsecurity ELSE c.relforcerowsecurity END""" + WHERE;

    static final String POLICIES = """
            SELECT c.oid, pg_catalog.format('CREATE POLICY %I ON %I.%I', p.polname, n.nspname, c.relname)
                || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
                || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
                    WHEN 'd' THEN ' FOR DELETE' ELSE '' END
                || coalesce((SELECT ' TO ' || pg_catalog.string_agg(pg_catalog.quote_ident(o.rolname), ', ' ORDER BY o.rolname)
                    FROM pg_catalog.pg_roles o WHERE o.oid = ANY (p.polroles)), '')
                || coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
                || coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')"""
            + FROM_TABLES
            + "JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid" + WHERE
            + " ORDER BY c.relname COLLATE \"C\", p.polname COLLATE \"C\"";

    /** How columns are kept, where that is not the way of their type. */
    static final String COLUMN_OPTIONS = """
            SELECT c.oid, pg_catalog.format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I SET %s', n.nspname, c.relname, a.attname, s.words)"""
            + FROM_TABLES
            + """
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                    CROSS JOIN LATERAL (VALUES
                        (CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN'
                            WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                        (CASE WHEN a.attstattarget > 0 OR (a.attstattarget = 0) THEN 'STATISTICS ' || a.attstattarget END),
                        ('(' || pg_catalog.array_to_string(a.attoptions, ', ') || ')')) s(words)"""
            + WHERE
            + " AND s.words IS NOT NULL ORDER BY c.relname COLLATE \"C\", a.attnum";

    /** Sequences that go when their column goes, without those of identity columns, which do so anyway. */
    static final String OWNED_SEQUENCES = """
            SELECT c.oid, pg_catalog.format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I', sn.nspname, s.relname, n.nspname, c.relname,
                a.attname)"""
            + FROM_TABLES
            + """
                    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid
                        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'a' AND d.refobjsubid > 0
                    JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                    JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"""
            + WHERE;

    /** For a table alone, in this order. */
    static final List<String> OF_TABLES = ofTables();

    private CatalogAfter() {}

    private static List<String> ofTables() {
        List<String> queries = new ArrayList<>(
                List.of(COLUMN_OPTIONS, KEYS, INDEXES, CHECKS, CLUSTER, REPLICA_IDENTITY, STATISTICS,
                        TRIGGERS.formatted("true"), TRIGGER_STATES, RULES, ROW_SECURITY, POLICIES));
        queries.add(OWNED_SEQUENCES);
        queries.add(CatalogComments.OF_TABLES);
        return List.copyOf(queries);
    }
}
