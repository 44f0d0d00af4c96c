package dev.kloset.jdbc.dialect.postgresql.point;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table as the locks see it.
 *
 * @param id its number in the catalogue, another one if the table is dropped and made again
 * @param hasRows false if only its partitions have rows
 * @param isReadable whether our role may read it
 */
public record Relation(long id, TableName name, boolean hasRows, boolean isReadable) {

    private static final int NAMED = 5;

    /** Tables of users: neither of the system, nor temporary, nor of an extension, which brings its own. */
    public static final String OF_USERS = """
            n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND c.relpersistence <> 't' AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND e.objid = c.oid AND e.deptype = 'e')""";

    /** {@return the wanted tables, sorted by name} */
    public static List<Relation> wanted(Connection connection, Predicate<TableName> wanted) throws SQLException {
        return Sql
                .all(connection,
                        """
                                SELECT c.oid, n.nspname, c.relname, c.relkind = 'r',
                                    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
                                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE c.relkind IN ('r', 'p') AND"""
                                + " " + OF_USERS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
                        row -> new Relation(row.getLong(1), new TableName(row.getString(2), row.getString(3)),
                                row.getBoolean(4),
                                row.getBoolean(5)))
                .stream()
                .filter(relation -> wanted.test(relation.name()))
                .toList();
    }

    /** Fail with all that is missing, before anything waits for a lock. */
    public static void checkReadable(List<Relation> relations, Server server) throws IOException {
        List<TableName> closed = relations.stream()
                .filter(relation -> relation.hasRows() && !relation.isReadable())
                .map(Relation::name)
                .toList();
        if (!closed.isEmpty()) {
            String names = closed.stream().limit(NAMED).map(TableName::toString).collect(Collectors.joining(", "));
            String others = closed.size() > NAMED ? " and " + (closed.size() - NAMED) + " more tables" : "";
            String right = server.major() >= 14 ? "pg_read_all_data" : "SELECT ON " + names;
            throw new ConnectorException(ErrorKind.PERMISSION,
                    server.user() + " may not read " + names + others + ": GRANT " + right + " TO " + server.user());
        }
    }
}
