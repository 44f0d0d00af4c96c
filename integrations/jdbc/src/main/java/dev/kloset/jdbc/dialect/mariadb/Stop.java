package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A way to stop the commits of all sessions for some milliseconds. The server ends it when its connection goes away. */
enum Stop {
    /** MariaDB from 10.4: waits for no query, and changes of tables are stopped before writers are. */
    BACKUP_STAGE("BACKUP STAGE", List.of("BACKUP STAGE START", "BACKUP STAGE BLOCK_DDL"), "BACKUP STAGE BLOCK_COMMIT",
            "BACKUP STAGE END"),
    /** Everywhere; waits for running statements, and stops new ones meanwhile. */
    READ_LOCK("FLUSH TABLES WITH READ LOCK", List.of(), "FLUSH TABLES WITH READ LOCK", "UNLOCK TABLES");

    private final String title;
    @SuppressWarnings("ImmutableEnumChecker") // a list of constants
    private final List<String> prelude;
    private final String freeze;
    private final String end;

    Stop(String title, List<String> prelude, String freeze, String end) {
        this.title = title;
        this.prelude = prelude;
        this.freeze = freeze;
        this.end = end;
    }

    String title() {
        return title;
    }

    /** Stop changes of tables, where that is possible without stopping writers. */
    void prepare(Connection connection) throws SQLException {
        for (String statement : prelude) {
            Queries.run(connection, statement);
        }
    }

    /** Stop commits. */
    void freeze(Connection connection) throws SQLException {
        Queries.run(connection, freeze);
    }

    void end(Connection connection) throws SQLException {
        Queries.run(connection, end);
    }
}
