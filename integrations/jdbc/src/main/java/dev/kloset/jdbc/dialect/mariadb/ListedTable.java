package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table as the list of all tables has it.
 *
 * @param engine what stores it; empty if the server cannot say, because the table is damaged
 */
record ListedTable(TableName name, String engine, boolean isVersioned, long rows, long bytes) {

    private static final Set<String> WITH_SNAPSHOTS = Set.of("InnoDB", "ROCKSDB", "RocksDB", "TokuDB", "ndbcluster");

    /** Their rows are in other tables, other servers, or files. */
    private static final Set<String> WITHOUT_ROWS = Set.of("MRG_MyISAM", "MRG_MYISAM", "FEDERATED", "CONNECT", "SPIDER",
            "BLACKHOLE", "SEQUENCE", "OQGRAPH");

    /** {@return the tables of the connection's database, or of all databases of users if it has none, sorted by name} */
    static List<ListedTable> all(Connection connection, Predicate<TableName> wanted) throws SQLException {
        return Queries.list(connection,
                """
                        SELECT table_schema, table_name, IFNULL(engine, ''), table_type, IFNULL(table_rows, 0), IFNULL(data_length, 0)
                        FROM information_schema.tables
                        WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
                          AND (table_schema = DATABASE() OR DATABASE() IS NULL
                            AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema'))""",
                row -> new ListedTable(new TableName(row.getString(1), row.getString(2)), row.getString(3),
                        row.getString(4).equals("SYSTEM VERSIONED"), row.getLong(5), row.getLong(6)))
                .stream()
                .filter(table -> wanted.test(table.name()))
                .sorted(Comparator.comparing(ListedTable::name))
                .toList();
    }

    boolean hasSnapshots() {
        return WITH_SNAPSHOTS.contains(engine);
    }

    boolean hasRows() {
        return !WITHOUT_ROWS.contains(engine);
    }
}
