package dev.kloset.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to one database, each for the caller to close. */
@FunctionalInterface
public interface Connections {

    Connection open() throws SQLException, InterruptedException;
}
