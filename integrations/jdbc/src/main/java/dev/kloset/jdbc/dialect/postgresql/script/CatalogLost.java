package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every kind of object that the catalogue of a database knows and our scripts do not write. pg_dump writes them. */
final class CatalogLost {

    /** The first number of objects that users make. */
    private static final int FIRST_OF_USERS = 16384;

    /** A catalogue, and which of its rows are objects that would be lost. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("pg_am", "true"), Map.entry("pg_cast", "true"), Map.entry("pg_collation", "true"),
            Map.entry("pg_conversion", "true"), Map.entry("pg_default_acl", "true"),
            Map.entry("pg_event_trigger", "true"),
            Map.entry("pg_foreign_data_wrapper", "true"), Map.entry("pg_foreign_server", "true"),
            Map.entry("pg_language", "true"),
            Map.entry("pg_opclass", "true"), Map.entry("pg_operator", "true"), Map.entry("pg_opfamily", "true"),
            Map.entry("pg_publication", "true"), Map.entry("pg_transform", "true"), Map.entry("pg_ts_config", "true"),
            Map.entry("pg_ts_dict", "true"), Map.entry("pg_ts_parser", "true"), Map.entry("pg_ts_template", "true"),
            Map.entry("pg_user_mapping", "true"),
            Map.entry("pg_class", "o.relkind = 'f' OR (o.relkind IN ('r', 'p') AND o.reloftype <> 0)"),
            Map.entry("pg_proc", "o.prokind = 'a'"),
            Map.entry("pg_type", "o.typtype = 'r' OR (o.typtype = 'b' AND o.typelem = 0)")));

    private CatalogLost() {}

    static List<String> read(Connection connection) throws SQLException {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            lost.addAll(
                    Sql.all(connection,
                            """
                                    SELECT i.identity || ': ' || i.type || ' (pg_dump can express it; this reading of the catalogue cannot)'
                                    FROM pg_catalog.%1$s o CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.%1$s'::pg_catalog.regclass,
                                        o.oid, 0) i
                                    WHERE o.oid >= %2$d AND (%3$s) AND coalesce(i.schema, '') !~ '^(pg_|information_schema$)' AND NOT EXISTS (
                                        SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.%1$s'::pg_catalog.regclass
                                            AND e.objid = o.oid AND e.deptype IN ('e', 'i')) ORDER BY 1"""
                                    .formatted(kind.getKey(), FIRST_OF_USERS, kind.getValue()),
                            row -> row.getString(1)));
        }
        lost.addAll(Sql.all(connection,
                """
                                SELECT objtype || ' ' || objname || ': a security label' FROM pg_catalog.pg_seclabels
                                UNION ALL SELECT subname || ': a subscription' FROM pg_catalog.pg_subscription
                        WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                        ORDER BY 1""",
                row -> row.getString(1)));
        return lost;
    }
}
