package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import dev.kloset.jdbc.dialect.mariadb.sql.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known about a point. */
record PointFacts(Map<String, String> facts, List<String> warnings) {

    /**
     * @param reader shows the point
     * @param tables those that are read
     */
    static PointFacts of(Connection reader, String method, List<ListedTable> tables) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        Queries.text(reader, "SELECT VERSION()").ifPresent(version -> facts.put("server", version));
        facts.put("method", method);
        Queries.text(reader, "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')")
                .ifPresent(time -> facts.put("server_time", time));
        if (Sessions.isMariaDb(reader)) {
            binaryLog(reader, facts);
        } else {
            Queries.text(reader, "SELECT @@GLOBAL.gtid_executed")
                    .filter(gtid -> !gtid.isEmpty())
                    .ifPresent(gtid -> facts.put("gtid_executed", gtid));
        }
        return new PointFacts(facts, tables.stream()
                .filter(table -> table.hasRows() && !table.hasSnapshots())
                .map(table -> table.name() + " is kept by " + engine(table)
                        + ", which has no snapshots: its rows may be newer than those of other tables")
                .toList());
    }

    private static String engine(ListedTable table) {
        return table.engine().isEmpty() ? "an unknown engine" : table.engine();
    }

    /** The position that belongs to the snapshot of this session, not the present one. */
    private static void binaryLog(Connection reader, Map<String, String> facts) throws SQLException {
        Map<String, String> status = new LinkedHashMap<>();
        Queries.list(reader, "SHOW STATUS LIKE 'binlog\\_snapshot\\_%'",
                row -> status.put(row.getString(1), row.getString(2)));
        String file = status.getOrDefault("Binlog_snapshot_file", "");
        String position = status.getOrDefault("Binlog_snapshot_position", "");
        if (file.isEmpty()) {
            return;
        }
        facts.put("binlog", file + ":" + position);
        try {
            Queries.text(reader, "SELECT BINLOG_GTID_POS(?, ?)", file, position)
                    .filter(gtid -> !gtid.isEmpty())
                    .ifPresent(gtid -> facts.put("gtid", gtid));
        } catch (SQLException e) {
            if (!ServerError.DENIED.is(e)) {
                throw e;
            }
        }
    }
}
