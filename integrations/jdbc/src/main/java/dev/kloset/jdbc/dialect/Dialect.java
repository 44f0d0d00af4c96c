package dev.kloset.jdbc.dialect;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/**
 * What differs from database to database. Rows are lines of text in the form of PostgreSQL's {@code COPY}: columns separated by tabs,
 * {@code \N} for null, and {@code \b \f \n \r \t \v \\} escaped; a value is the text that its database makes of it, deterministic
 * whatever the settings of server and session.
 *
 * <p>An instance has no state of its own and may be used by any number of threads; a connection by one at a time. Whatever blocks obeys
 * the interruption of its thread, or is limited by the time-outs of the connection.
 */
public interface Dialect {

    /** {@return the name of the database in {@code 00-point.json} and in sentences: {@code PostgreSQL}} */
    String name();

    /**
     * Fix one moment of the database. Everything that is read through the connections of the point shows it, and the tables stay as
     * they are until the point is closed.
     *
     * @param connections opens connections, which the point closes
     * @param tables which tables will be read; others are not locked
     */
    Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException;

    /** {@return the tables, sorted by name} */
    List<Table> tables(Connection connection, Predicate<TableName> wanted) throws SQLException, InterruptedException;

    /** {@return how to make everything again} */
    Scripts scripts(Point point, List<Table> tables, DdlSource source)
            throws SQLException, IOException, InterruptedException;

    /**
     * {@return the parts of a table, in the order of its key}
     *
     * @param bytes roughly how many bytes of rows a part has
     */
    List<Part> parts(Connection connection, Table table, long bytes) throws SQLException, InterruptedException;

    /**
     * {@return the rows of a part, in the order of the key, in bounded memory} Closing the stream early ends the query. Its reads throw
     * an {@link IOException} that names the table.
     */
    InputStream read(Connection connection, Table table, Part part) throws SQLException, IOException;

    /** {@return the number of rows that the table has} */
    long count(Connection connection, TableName table) throws SQLException;

    /** {@return whether the table is there} */
    boolean exists(Connection connection, TableName table) throws SQLException;

    /** Run statements, each alone. The exception names the first words of the statement that failed. */
    void run(Connection connection, List<String> statements) throws SQLException, IOException;

    /**
     * Add rows to a table, all or none.
     *
     * @param table the columns as they were backed up, and the name of the table into which the rows go
     * @param mode {@link WriteMode#UPSERT} replaces rows that have the same key
     * @return how many rows came
     */
    long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException;
}
