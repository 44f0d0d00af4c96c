package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;

/** Queries that write owners and grants, of which the second column is the statement. */
final class CatalogRights {

    /** Everything that has an owner or rights: catalogue, number, owner, rights, and the rights that it has if nothing is said. */
    private static final String OBJECTS = """
            (SELECT 'pg_class'::regclass, c.oid, c.relowner, c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char",
                c.relowner) FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS (
                    SELECT FROM pg_depend q WHERE q.classid = 'pg_class'::regclass AND q.objid = c.oid AND q.deptype = 'i'
                        AND c.relkind = 'S')
            UNION ALL SELECT 'pg_namespace'::regclass, n.oid, n.nspowner, n.nspacl, acldefault('n', n.nspowner) FROM pg_namespace n
            UNION ALL SELECT 'pg_proc'::regclass, p.oid, p.proowner, p.proacl, acldefault('f', p.proowner) FROM pg_proc p
                WHERE p.prokind <> 'a'
            UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner, t.typacl, acldefault('T', t.typowner) FROM pg_type t
                WHERE t.typtype IN ('d', 'e') OR (t.typtype = 'c' AND EXISTS (SELECT FROM pg_class r WHERE r.oid = t.typrelid
                    AND r.relkind = 'c'))
            UNION ALL SELECT 'pg_statistic_ext'::regclass, x.oid, x.stxowner, NULL, NULL FROM pg_statistic_ext x
            ) o(class, oid, owner, acl, usual)
            CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
            CROSS JOIN LATERAL (SELECT CASE i.type WHEN 'composite type' THEN 'TYPE' WHEN 'statistics object' THEN 'STATISTICS'
                ELSE upper(i.type) END) k(kind)
            LEFT JOIN pg_init_privs v ON v.classoid = o.class AND v.objoid = o.oid AND v.objsubid = 0
            WHERE coalesce(i.schema, i.name) !~ '^(pg_|information_schema$)' AND NOT EXISTS (SELECT FROM pg_depend e
                WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype IN ('e', 'i'))""";

    static final String OWNERS = "SELECT o.oid, format('ALTER %s %s OWNER TO %I', k.kind, i.identity, pg_get_userbyid(o.owner)) FROM "
            + OBJECTS + " AND (i.type <> 'schema' OR i.name <> 'public') ORDER BY 2";

    /** The rights of each role, first without the rights that all have, and the owner. */
    static final String GRANTS = """
            SELECT o.oid, format(s.words, s.rights, CASE WHEN k.kind IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW') THEN '' ELSE k.kind || ' ' END,
                i.identity, s.who), s.place FROM\s"""
            + OBJECTS.replace("WHERE coalesce(",
                    """
                            CROSS JOIN LATERAL (
                                SELECT 0, 'REVOKE %s ON %s%s FROM %s', 'ALL', 'PUBLIC'
                                UNION ALL SELECT 1, 'REVOKE %s ON %s%s FROM %s', 'ALL', quote_ident(pg_get_userbyid(o.owner))
                                UNION ALL SELECT 2, 'GRANT %s ON %s%s TO %s' || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
                                    string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type),
                                    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                FROM aclexplode(o.acl) a GROUP BY a.grantee, a.is_grantable) s(place, words, rights, who)
                            WHERE o.acl IS NOT NULL AND o.acl IS DISTINCT FROM v.initprivs AND coalesce(""")
            + " ORDER BY o.oid, s.place, 2";

    static final String GRANTS_ON_COLUMNS = """
            SELECT c.oid, format('GRANT %s (%I) ON %I.%I TO %s%s', r.privilege_type, a.attname, n.nspname, c.relname,
                CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END,
                CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
            CROSS JOIN LATERAL aclexplode(a.attacl) r WHERE c.relkind IN ('r', 'p', 'v', 'm') AND\s"""
            + Relation.OF_USERS
            + " ORDER BY 2";

    private CatalogRights() {}
}
