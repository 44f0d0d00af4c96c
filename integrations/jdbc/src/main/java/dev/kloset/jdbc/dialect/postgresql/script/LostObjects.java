package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what no script has. */
final class LostObjects {

    private LostObjects() {}

    /** {@return one sentence for each thing that pg_dump leaves out as well when it writes no data} */
    static List<String> always(Connection connection) throws SQLException {
        List<String> lost = new ArrayList<>();
        long objects = Sql.one(connection, "SELECT count(*) FROM pg_catalog.pg_largeobject_metadata",
                row -> row.getLong(1));
        if (objects > 0) {
            lost.add(objects + " large objects (pg_largeobject): only rows of tables are backed up");
        }
        List<String> kept = Sql.all(connection, """
                SELECT pg_catalog.format('%s %s', c.id::pg_catalog.oid::pg_catalog.regclass, coalesce(c.condition, ''))
                FROM pg_catalog.pg_extension e CROSS JOIN LATERAL ROWS FROM (
                    pg_catalog.unnest(e.extconfig), pg_catalog.unnest(e.extcondition)) c(id, condition)
                JOIN pg_catalog.pg_class t ON t.oid = c.id AND t.relkind = 'r' ORDER BY 1""", row -> row.getString(1));
        for (String table : kept) {
            if (Sql.one(connection, "SELECT EXISTS (SELECT FROM " + table + ")", row -> row.getBoolean(1))) {
                lost.add("rows of " + table.split(" ", 2)[0] + ": a table of an extension");
            }
        }
        lost.addAll(hidden(connection));
        return lost;
    }

    /** {@return what is shown to superusers only} pg_dump leaves it out with a mere warning, or without one. */
    private static List<String> hidden(Connection connection) throws SQLException {
        return Sql.all(connection,
                """
                        SELECT subname || ': a subscription, which only superusers may back up' FROM pg_catalog.pg_subscription
                        WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                            AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
                        UNION ALL SELECT srvname || ': options of the user mapping of ' || usename || ', which only superusers may see'
                        FROM pg_catalog.pg_user_mappings
                        WHERE NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) ORDER BY 1""",
                row -> row.getString(1));
    }

    /** {@return one sentence for each object that our own reading of the catalogue does not write} */
    static List<String> ofCatalog(Connection connection) throws SQLException {
        return CatalogLost.read(connection);
    }
}
