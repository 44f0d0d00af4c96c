package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of sequences, which no snapshot holds: they are those of now, at or after the point. So what a sequence gives after a
 * restore was never given to a row of the backup.
 */
final class SequenceValues {

    /** A sequence, with the table that owns it, or 0. */
    private record Sequence(long id, String name, long owner) {}

    private SequenceValues() {}

    static List<String> all(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (Sequence sequence : sequences(connection)) {
            statements.add(value(connection, sequence));
        }
        return statements;
    }

    /** {@return statements for the sequences that tables own, as those of identity columns, by table} */
    static Map<Long, List<String>> ofTables(Connection connection) throws SQLException {
        Map<Long, List<String>> statements = new HashMap<>();
        for (Sequence sequence : sequences(connection)) {
            if (sequence.owner() != 0) {
                statements.computeIfAbsent(sequence.owner(), _ -> new ArrayList<>()).add(value(connection, sequence));
            }
        }
        return statements;
    }

    private static List<Sequence> sequences(Connection connection) throws SQLException {
        return Sql.all(connection,
                """
                        SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), coalesce((
                            SELECT d.refobjid::bigint FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.refobjsubid > 0
                                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i') LIMIT 1), 0)
                        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind = 'S' AND"""
                        + " " + Relation.OF_USERS + " ORDER BY 2",
                row -> new Sequence(row.getLong(1), row.getString(2), row.getLong(3)));
    }

    private static String value(Connection connection, Sequence sequence) throws SQLException {
        String arguments = Sql.one(connection, "SELECT last_value || ', ' || is_called FROM " + sequence.name(),
                row -> row.getString(1));
        return "SELECT pg_catalog.setval(" + Sql.text(sequence.name()) + "::regclass, " + arguments + ")";
    }
}
