package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.postgresql.point.Relation;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Foreign keys of tables that are backed up to tables that are not. The latter come back empty, so these keys cannot be made.
 *
 * @param beginnings how their statements begin, with one blank between words
 * @param lost a sentence for each
 */
record ExcludedTables(List<String> beginnings, List<String> lost) {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A foreign key. */
    private record Key(TableName from, TableName to, String name) {}

    static ExcludedTables of(Connection connection, List<Table> tables) throws SQLException {
        Set<TableName> wanted = new HashSet<>(tables.stream().map(Table::name).toList());
        List<String> beginnings = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (Key key : keys(connection)) {
            if (wanted.contains(key.from()) && !wanted.contains(key.to())) {
                beginnings.add(Sql.name(key.from()) + " ADD CONSTRAINT " + Sql.name(key.name()) + " FOREIGN KEY ");
                lost.add(key.from() + ": its foreign key " + key.name() + " needs the excluded table " + key.to());
            }
        }
        return new ExcludedTables(beginnings, lost);
    }

    private static List<Key> keys(Connection connection) throws SQLException {
        return Sql.all(connection,
                """
                        SELECT n.nspname, c.relname, tn.nspname, t.relname, k.conname FROM pg_catalog.pg_constraint k
                            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                            JOIN pg_catalog.pg_class t ON t.oid = k.confrelid AND t.relkind = 'r'
                            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                        WHERE k.contype = 'f' AND c.relkind = 'r' AND"""
                        + " " + Relation.OF_USERS + " ORDER BY 1, 2, 5",
                row -> new Key(new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4)),
                        row.getString(5)));
    }

    /** {@return whether a statement makes one of these keys} pg_dump quotes only the names that need it; we compare without quotes. */
    boolean makes(String statement) {
        String plain = plain(statement);
        return beginnings.stream().anyMatch(beginning -> plain.startsWith("ALTER TABLE ONLY " + plain(beginning)));
    }

    private static String plain(String sql) {
        return BLANKS.matcher(sql.replace("\"", "")).replaceAll(" ");
    }
}
