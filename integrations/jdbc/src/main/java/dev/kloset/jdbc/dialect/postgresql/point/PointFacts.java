package dev.kloset.jdbc.dialect.postgresql.point;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a point says about itself. */
final class PointFacts {

    private PointFacts() {}

    static Map<String, String> facts(Connection leader, Server server, boolean isOneMoment) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        facts.put("version", server.version());
        facts.put("isolation", isOneMoment ? "repeatable read, one exported snapshot" : "read committed");
        facts.put("sequences", "read after the moment of the rows, and so at or ahead of them");
        facts.put("standby", Boolean.toString(server.isStandby()));
        facts.put("pooler", Boolean.toString(server.isPooled()));
        String position = server.isStandby() ? "pg_last_wal_replay_lsn()" : "pg_current_wal_lsn()";
        facts.put("wal_position",
                Sql.one(leader, "SELECT coalesce(pg_catalog." + position + "::text, '')", row -> row.getString(1)));
        Sql.all(leader, """
                SELECT pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype
                FROM pg_catalog.pg_database WHERE datname = current_database()""", row -> {
            facts.put("encoding", row.getString(1));
            facts.put("collation", row.getString(2));
            return facts.put("character_type", row.getString(3));
        });
        return facts;
    }

    static List<String> warnings(Connection leader, boolean isOneMoment) throws SQLException {
        List<String> warnings = new ArrayList<>();
        if (!isOneMoment) {
            warnings.add("consistency is none: each part shows the moment at which it was read");
        }
        Sql.all(leader, """
                SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'f' AND""" + " " + Relation.OF_USERS + " ORDER BY 1",
                row -> warnings.add(row.getString(1)
                        + " is a foreign table: its rows are on another server and not in this backup"));
        return warnings;
    }
}
