package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.ErrorKind;
import dev.kloset.ErrorTable;
import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What exceptions of PostgreSQL and its driver mean. */
public final class PostgreSqlErrors {

    private PostgreSqlErrors() {}

    /** Add the rows of PostgreSQL to a table. */
    public static void addTo(ErrorTable.Builder table) {
        add(table, "28P01", ErrorKind.AUTHENTICATION,
                "the server does not accept this user and password; check the settings username and password");
        addRefusals(table);
        add(table, "3D000", ErrorKind.NOT_FOUND, "the server has no database of this name; check the location");
        table.add(PSQLException.class, e -> "08004".equals(e.getSQLState()) && words(e).contains("password"),
                ErrorKind.AUTHENTICATION, _ -> "the server wants a password; set the settings username and password");
        table.add(PSQLException.class, e -> "08004".equals(e.getSQLState()), ErrorKind.AUTHENTICATION, e -> words(e));
        add(table, "08006", ErrorKind.TRANSIENT,
                "the connection to the server broke: it was restarted, or ended our session, or the network failed");
        add(table, "57P01", ErrorKind.TRANSIENT,
                "the server ended our session: it is being stopped, or its administrator did so");
        add(table, "57P02", ErrorKind.TRANSIENT, "the server ended our session: another one of its processes crashed");
        add(table, "57P03", ErrorKind.TRANSIENT, "the server is starting or stopping, and accepts no connections now");
        add(table, "53300", ErrorKind.TRANSIENT, "the server has no connection left; lower the setting connections");
        add(table, "55P03", ErrorKind.TRANSIENT,
                "a table is locked by another session; raise the setting lock_timeout");
        add(table, "40001", ErrorKind.TRANSIENT,
                "the server cancelled the query, as a change that it replays needs its rows gone;"
                        + " back up from the primary, or set max_standby_streaming_delay on the standby");
        addOthers(table);
    }

    private static void addRefusals(ErrorTable.Builder table) {
        table.add(SQLException.class, e -> "28000".equals(e.getSQLState()) && words(e).contains("no encryption"),
                ErrorKind.AUTHENTICATION,
                _ -> "the server wants TLS from this host; add sslmode=require to the location, or a rule to its pg_hba.conf");
        table.add(SQLException.class, e -> "28000".equals(e.getSQLState()) && words(e).contains("pg_hba.conf"),
                ErrorKind.AUTHENTICATION,
                _ -> "the server lets this user in from no such host; it needs a rule in its pg_hba.conf");
        add(table, "28000", ErrorKind.AUTHENTICATION,
                "the server does not let this user in; check the setting username, and whether the role may log in");
    }

    /** Whatever the server says otherwise, without the driver's additions: hints, positions, rows. */
    private static void addOthers(ErrorTable.Builder table) {
        table.add(PSQLException.class, e -> words(e).contains("row-level security"), ErrorKind.PERMISSION,
                e -> message(e) + "; give the role BYPASSRLS");
        table.add(PSQLException.class, e -> "42501".equals(e.getSQLState()), ErrorKind.PERMISSION, e -> message(e));
        table.add(PSQLException.class, e -> e.getServerErrorMessage() != null, ErrorKind.OTHER, e -> message(e));
    }

    private static void add(ErrorTable.Builder table, String state, ErrorKind kind, String sentence) {
        table.add(PSQLException.class, e -> state.equals(e.getSQLState()), kind, _ -> sentence);
    }

    private static String words(SQLException e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
    }

    private static String message(PSQLException e) {
        ServerErrorMessage message = e.getServerErrorMessage();
        return message == null || message.getMessage() == null ? words(e) : message.getMessage();
    }
}
