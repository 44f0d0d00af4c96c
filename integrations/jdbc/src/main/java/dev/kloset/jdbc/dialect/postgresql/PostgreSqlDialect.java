package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.postgresql.point.PointMaker;
import dev.kloset.jdbc.dialect.postgresql.point.PostgreSqlPoint;
import dev.kloset.jdbc.dialect.postgresql.point.Server;
import dev.kloset.jdbc.dialect.postgresql.point.Session;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import dev.kloset.jdbc.dialect.postgresql.script.ScriptMaker;
import dev.kloset.jdbc.dialect.postgresql.script.ScriptRunner;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** PostgreSQL, from version 12 on. */
public final class PostgreSqlDialect implements Dialect {

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException {
        return new PointMaker(connections, settings, tables).make();
    }

    @Override
    public List<Table> tables(Connection connection, Predicate<TableName> wanted) throws SQLException {
        return TableCatalog.tables(connection, wanted);
    }

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source)
            throws SQLException, IOException, InterruptedException {
        return new ScriptMaker((PostgreSqlPoint) point, tables).make(source);
    }

    @Override
    public List<Part> parts(Connection connection, Table table, long bytes) throws SQLException {
        return recovering(connection, () -> new TableParts(connection, table, bytes).parts());
    }

    @Override
    public InputStream read(Connection connection, Table table, Part part) throws SQLException {
        return RowReader.open(connection, table, part);
    }

    @Override
    public long count(Connection connection, TableName table) throws SQLException {
        return recovering(connection, () -> Sql.one(connection, "SELECT count(*) FROM ONLY " + Sql.name(table),
                row -> row.getLong(1)));
    }

    /** A query of a reader that fails must not take its snapshot with it. */
    private static <T> T recovering(Connection connection, Query<T> query) throws SQLException {
        try {
            return query.run();
        } catch (SQLException e) {
            RowReader.recover(connection);
            throw e;
        }
    }

    /** Asks the server. */
    @FunctionalInterface
    private interface Query<T> {
        T run() throws SQLException;
    }

    @Override
    public boolean exists(Connection connection, TableName table) throws SQLException {
        return Sql.one(connection,
                """
                        SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))"""
                        .formatted(Sql.text(table.schema()), Sql.text(table.name())),
                row -> row.getBoolean(1));
    }

    @Override
    public void run(Connection connection, List<String> statements) throws SQLException, IOException {
        ScriptRunner.run(connection, statements);
    }

    @Override
    public void prepare(Connection connection) throws SQLException, IOException {
        Server server = Server.of(connection);
        server.checkOwnSession("a restore");
        Session.prepareLoading(connection, server);
    }

    /** A record of the log that is written after all others is on the disk after all others. This one means nothing. */
    @Override
    public void settle(Connection connection) throws SQLException {
        Sql.run(connection, "RESET synchronous_commit");
        Sql.run(connection, "SELECT pg_catalog.pg_logical_emit_message(true, 'kloset', '')");
    }

    @Override
    public long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException {
        return new RowWriter(connection, table).write(rows, mode);
    }

    /** Connecting and logging in are quick or fail. A count of rows is silent for long, so the network's own limit is generous. */
    @Override
    public Map<String, String> driverProperties() {
        return Map.of("connectTimeout", "10", "loginTimeout", "30", "socketTimeout", "3600", "tcpKeepAlive", "true",
                "ApplicationName", "kloset", "logServerErrorDetail", "false");
    }

    /** Only a superuser may; for others foreign keys and triggers do what they do for any row. */
    @Override
    public void relax(Connection connection) throws SQLException {
        if (Sql.one(connection, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user",
                row -> row.getBoolean(1))) {
            Sql.run(connection, "SET session_replication_role = replica");
        }
    }

    /** TRUNCATE is at once, but refuses a table to which foreign keys point, whatever was relaxed. */
    @Override
    public void empty(Connection connection, TableName table) throws SQLException {
        boolean isReferred = Sql.one(connection,
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f'"
                        + " AND confrelid = " + Sql.text(Sql.name(table)) + "::pg_catalog.regclass)",
                row -> row.getBoolean(1));
        if (isReferred && cascades(connection, table)) {
            throw new SQLException(
                    "foreign keys of other tables would delete or change their rows, and only a superuser"
                            + " can leave them aside");
        }
        Sql.run(connection, (isReferred ? "DELETE FROM ONLY " : "TRUNCATE ONLY ") + Sql.name(table));
    }

    private static boolean cascades(Connection connection, TableName table) throws SQLException {
        return Sql.one(connection,
                "SELECT current_setting('session_replication_role') <> 'replica' AND EXISTS (SELECT FROM"
                        + " pg_catalog.pg_constraint WHERE contype = 'f' AND confdeltype IN ('c', 'n', 'd')"
                        + " AND conrelid <> confrelid AND confrelid = " + Sql.text(Sql.name(table))
                        + "::pg_catalog.regclass)",
                row -> row.getBoolean(1));
    }

    @Override
    public String portableType(Column column) {
        return switch (column.kind()) {
            case BYTES -> "bytea";
            case UUID -> "uuid";
            case JSON -> "jsonb";
            case TEXT, OTHER -> "text";
            default -> Dialect.super.portableType(column);
        };
    }
}
