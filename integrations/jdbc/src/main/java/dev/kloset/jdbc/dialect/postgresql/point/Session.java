package dev.kloset.jdbc.dialect.postgresql.point;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What our sessions set. Values read the same whatever the settings of the server, the database and the role; a reader that may see
 * only some rows fails instead of leaving others out; and the server notices within half a minute that we are gone.
 *
 * <p>{@code SET} takes no snapshot, so that locks can come before it. Inside a transaction everything is set for that transaction
 * only: a pooler may give the connection to other clients afterwards.
 */
public final class Session {

    /** Set once in each reader: behind a failure it still has its snapshot there. */
    public static final String SAVEPOINT = "SAVEPOINT kloset";
    public static final String BACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT kloset";

    /** The form of values. */
    private static final List<String> FORM = List.of("datestyle = 'ISO, YMD'", "intervalstyle = 'postgres'",
            "extra_float_digits = 3", "bytea_output = 'hex'", "timezone = 'UTC'", "lc_monetary = 'C'",
            "xmloption = 'content'", "search_path = ''", "standard_conforming_strings = on");

    /**
     * Limits that would end a long backup, lifted; and what ends its sessions when nothing answers: 10 s of silence, then three probes.
     * There is none for an idle transaction, since a slow host leaves ours idle for long.
     */
    private static final List<String> LIFE = List.of("statement_timeout = 0", "idle_in_transaction_session_timeout = 0",
            "tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3",
            "tcp_user_timeout = 25000");

    private Session() {}

    public static void prepareReading(Connection connection, Server server, Duration lockTimeout) throws SQLException {
        List<String> settings = new ArrayList<>(FORM);
        settings.addAll(life(server));
        settings.addAll(List.of("row_security = off", "synchronize_seqscans = off", "jit = off",
                "lock_timeout = " + Math.max(1, lockTimeout.toMillis())));
        set(connection, settings);
    }

    /** A commit of some rows need not wait for the disk: only a restore whose last record is there has succeeded. */
    public static void prepareLoading(Connection connection, Server server) throws SQLException {
        prepareWriting(connection, server);
        set(connection, List.of("synchronous_commit = off"));
    }

    private static void prepareWriting(Connection connection, Server server) throws SQLException {
        List<String> settings = new ArrayList<>(FORM);
        settings.addAll(life(server));
        set(connection, settings);
    }

    /** As pg_dump's scripts begin. Scripts name everything with its schema. */
    public static void prepareScript(Connection connection, Server server) throws SQLException {
        prepareWriting(connection, server);
        set(connection, List.of("check_function_bodies = off", "client_min_messages = warning", "row_security = off",
                "default_tablespace = ''"));
    }

    private static List<String> life(Server server) {
        List<String> settings = new ArrayList<>(LIFE);
        if (server.major() >= 14) {
            settings.add("idle_session_timeout = 0");
            if (server.isLinux()) {
                settings.add("client_connection_check_interval = 10000");
            }
        }
        if (server.major() >= 17) {
            settings.add("transaction_timeout = 0");
        }
        return settings;
    }

    private static void set(Connection connection, List<String> settings) throws SQLException {
        String scope = connection.getAutoCommit() ? "SET SESSION " : "SET LOCAL ";
        Sql.run(connection, settings.stream().map(setting -> scope + setting).collect(Collectors.joining("; ")));
    }
}
