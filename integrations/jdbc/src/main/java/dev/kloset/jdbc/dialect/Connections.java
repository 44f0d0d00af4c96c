package dev.kloset.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Opens connections to one database, each for the caller to close. */
@FunctionalInterface
public interface Connections {

    Connection open() throws SQLException, InterruptedException;

    /**
     * {@return the properties with which the driver logs in, user and password among them} They are for the database's own programs,
     * which need what no connection tells.
     */
    default Map<String, String> login() {
        return Map.of();
    }
}
