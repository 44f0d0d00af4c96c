package dev.kloset.jdbc.connect;

import dev.kloset.ErrorKind;
import dev.kloset.ErrorTable;
import dev.kloset.jdbc.dialect.postgresql.PostgreSqlErrors;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the exceptions of drivers mean to a user, by their SQLState. */
public final class JdbcErrors {

    private static final int DEPTH = 20;

    // H2 has states of its own: no database, no right, wrong mode of a file that is in use.
    private static final Set<String> NO_DATABASE = Set.of("3D000", "90149", "90146", "90013");
    private static final Set<String> NO_RIGHT = Set.of("42501", "90096", "90040", "42502", "42507");
    private static final Set<Integer> MARIADB_NO_RIGHT = Set.of(1044, 1142, 1143, 1227, 1370);
    private static final Set<String> LOCKED = Set.of("55P03", "40001", "40P01", "HYT00", "40XL1");

    private static final String NO_TLS = "ssl not enabled in the server"; // the driver of MariaDB insists on TLS by default

    private static final String CONNECTION = "^\\(conn=-?\\d+\\) "; // MariaDB's driver puts it in front

    private static final Pattern STATEMENT = Pattern
            .compile("(?s)[;,]? ?(SQL statement:|Query is:).*|\\[[0-9A-Z]{5}-\\d+\\].*");

    private JdbcErrors() {}

    /** {@return the table for the plugin} */
    public static ErrorTable table() {
        ErrorTable.Builder table = ErrorTable.builder()
                .add(SQLException.class, e -> message(e).contains(NO_TLS), ErrorKind.CONFIGURATION,
                        _ -> "the server has no TLS; properties=sslMode=disable connects without encryption")
                .add(SQLException.class, e -> caused(e, UnknownHostException.class), ErrorKind.NOT_FOUND,
                        _ -> "the host is unknown; check its spelling in the location")
                .add(SQLException.class, e -> caused(e, ConnectException.class, NoRouteToHostException.class),
                        ErrorKind.TRANSIENT,
                        _ -> "the connection is refused; check host and port, and that the server is up")
                .add(SQLException.class, e -> caused(e, SocketTimeoutException.class), ErrorKind.TRANSIENT,
                        _ -> "no answer in time");
        PostgreSqlErrors.addTo(table);
        return table.add(SQLException.class, e -> state(e).startsWith("28"), ErrorKind.AUTHENTICATION,
                e -> message(e) + "; check the settings username and password")
                .add(SQLException.class, JdbcErrors::isNoDatabase, ErrorKind.NOT_FOUND,
                        e -> message(e) + "; check the name of the database in the location")
                .add(SQLException.class, JdbcErrors::isNoRight, ErrorKind.PERMISSION, JdbcErrors::message)
                .add(SQLException.class, JdbcErrors::isTransient, ErrorKind.TRANSIENT, JdbcErrors::message)
                .add(SQLException.class, ErrorKind.OTHER, JdbcErrors::message)
                .build();
    }

    private static boolean isNoDatabase(SQLException e) {
        return NO_DATABASE.contains(state(e)) || (state(e).equals("42000") && e.getErrorCode() == 1049);
    }

    private static boolean isNoRight(SQLException e) {
        return NO_RIGHT.contains(state(e)) || MARIADB_NO_RIGHT.contains(e.getErrorCode());
    }

    private static boolean isTransient(SQLException e) {
        return state(e).startsWith("08") || state(e).startsWith("53") || state(e).startsWith("57P")
                || LOCKED.contains(state(e));
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** {@return what the database says, without the statement that drivers repeat: it may contain rows} */
    static String message(SQLException e) {
        String said = e.getMessage() == null
                ? ""
                : STATEMENT.matcher(e.getMessage()).replaceFirst("").replaceFirst(CONNECTION, "").strip();
        return said.isEmpty()
                ? "the database reports " + (state(e).isEmpty() ? "an error" : "state " + state(e))
                : said;
    }

    @SafeVarargs
    private static boolean caused(SQLException e, Class<? extends Throwable>... types) {
        @Nullable
        Throwable reason = e;
        for (int i = 0; i < DEPTH && reason != null; i++) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(reason)) {
                    return true;
                }
            }
            reason = reason.getCause();
        }
        return false;
    }
}
