package dev.kloset.jdbc.dialect.mariadb.sql;

import java.sql.SQLException;
import java.util.Set;

/** The numbers of the server's errors that we answer, the same in MariaDB and MySQL. */
public enum ServerError {
    /** A right is missing for the statement, a table or a column. */
    DENIED(1044, 1045, 1142, 1143, 1227, 1370),
    /** The server does not know the statement. */
    UNKNOWN_STATEMENT(1064),
    /** A lock did not come in time. */
    LOCK_TIMEOUT(1205),
    /** The table was changed after the moment that a transaction shows. */
    CHANGED_SINCE(1412),
    NO_SUCH_TABLE(1146),
    /** The server, the user or the driver does not allow LOAD DATA LOCAL. */
    NO_LOCAL_FILES(1148, 3948, 4166);

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    private final Set<Integer> codes;

    ServerError(Integer... codes) {
        this.codes = Set.of(codes);
    }

    /** {@return what the server says, without the number of the connection that the driver puts in front} */
    public static String message(SQLException error) {
        return String.valueOf(error.getMessage()).replaceFirst("^\\(conn=-?\\d+\\) ", "");
    }

    public boolean is(SQLException error) {
        return codes.contains(error.getErrorCode());
    }
}
