package dev.kloset.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One moment of a database, and the connections that show it. Closing it ends every hold at the server. */
public interface Point extends AutoCloseable {

    /**
     * {@return the connections for reading parts: as many as asked for, or fewer if the database allows no more} Each is used by one
     * thread at a time, but by many one after the other; any of them can also read the catalogue and count rows.
     */
    List<Connection> readers();

    /**
     * {@return the connection for the catalogue, which may be one of the readers} Used before the first part is read, and not any
     * more afterwards.
     */
    Connection leader();

    /** {@return what {@code 00-point.json} says: the server's version, the method, the position in its log} */
    Map<String, String> facts();

    /** {@return one sentence for each table, or reason, for which the moment is not certain; empty if all is consistent} */
    List<String> warnings();

    /**
     * Check that the hold still stands. Called from time to time, by one thread at a time, while other threads read: it must not use
     * a connection of the readers. A point whose leader is one of them has nothing to check, because reading fails by itself.
     */
    void check() throws SQLException;

    @Override
    void close();
}
