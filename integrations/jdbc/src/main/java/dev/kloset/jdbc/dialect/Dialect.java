package dev.kloset.jdbc.dialect;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * Prepare a connection for {@link #write}, once, before anything else is done with it. The database may from now on commit without
     * waiting for its disk, as long as {@link #settle} waits for the disk later.
     */
    default void prepare(Connection connection) throws SQLException, IOException {}

    /**
     * Wait until everything is on the disk that was committed through any connection while this one was open.
     *
     * @param connection opened and prepared before; if the server went down in between and lost what it had committed, it took this
     *     connection along, so this fails. It is not used for {@link #write} afterwards
     */
    default void settle(Connection connection) throws SQLException {}

    /**
     * Add rows to a table, all or none.
     *
     * @param table the columns as they were backed up, and the name of the table into which the rows go
     * @param mode {@link WriteMode#UPSERT} replaces rows that have the same key
     * @param connection prepared; commits by itself, before and afterwards
     * @return how many rows came
     */
    long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException;

    /**
     * {@return properties for the driver, which the user's own override} Time-outs for connecting, logging in and each wait for the
     * network belong here, and whatever the dialect relies on.
     */
    default Map<String, String> driverProperties() {
        return Map.of();
    }

    /** {@return further properties for a backup: an embedded database that is absent is not made} */
    default Map<String, String> sourceProperties() {
        return Map.of();
    }

    /**
     * {@return the schema that the location names, where a schema is a database: tables of a snapshot with only one schema go there}
     */
    default Optional<String> home(Connection connection) throws SQLException {
        return Optional.empty();
    }

    /** {@return a name as this database writes it in SQL} */
    default String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@return the name of a table as this database writes it in SQL} */
    default String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }

    /**
     * Prepare a connection for loading rows into tables that have their constraints already: foreign keys and triggers do nothing
     * from now on, if the database can do that and the user may.
     */
    default void relax(Connection connection) throws SQLException {}

    /** Remove all rows of a table. The connection was {@linkplain #relax relaxed}. */
    default void empty(Connection connection, TableName table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + quoted(table));
        }
    }

    /** {@return the statements that make a table of another database here, with its key, and its schema if that is missing} */
    default List<String> create(Table table) {
        List<String> parts = new ArrayList<>();
        for (Column column : table.stored()) {
            parts.add(quoted(column.name()) + " " + portableType(column) + (column.isNullable() ? "" : " NOT NULL"));
        }
        if (!table.key().isEmpty()) {
            parts.add("PRIMARY KEY (" + String.join(", ", table.key().stream().map(this::quoted).toList()) + ")");
        }
        return List.of("CREATE SCHEMA IF NOT EXISTS " + quoted(table.name().schema()),
                "CREATE TABLE " + quoted(table.name()) + " (" + String.join(", ", parts) + ")");
    }

    /** {@return the type of a column of another database in the words of this one, for a restore that crosses databases} */
    default String portableType(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case DECIMAL -> "NUMERIC";
            case FLOAT -> "DOUBLE PRECISION";
            case BYTES -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP WITH TIME ZONE";
            case TEXT, UUID, JSON, OTHER -> "VARCHAR";
        };
    }
}
