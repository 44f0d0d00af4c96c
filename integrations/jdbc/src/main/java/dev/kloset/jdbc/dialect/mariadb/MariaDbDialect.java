package dev.kloset.jdbc.dialect.mariadb;

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
import dev.kloset.jdbc.dialect.mariadb.ddl.ScriptMaker;
import dev.kloset.jdbc.dialect.mariadb.rows.TableReader;
import dev.kloset.jdbc.dialect.mariadb.rows.TableWriter;
import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import dev.kloset.jdbc.dialect.mariadb.sql.Sessions;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** MariaDB and MySQL, through the driver of either. A schema is what they call a database. */
public final class MariaDbDialect implements Dialect {

    private static final int STATEMENT_CHARACTERS = 60;
    private static final String LARGEST_VALUE = String.valueOf(1 << 30);

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, InterruptedException {
        return new PointMaker(connections, settings, tables, List.of(Stop.values())).make();
    }

    @Override
    public List<Table> tables(Connection connection, Predicate<TableName> wanted) throws SQLException {
        return Catalogue.tables(connection, wanted);
    }

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source) throws SQLException {
        return new ScriptMaker(point.leader(), tables).make();
    }

    @Override
    public List<Part> parts(Connection connection, Table table, long bytes) throws SQLException {
        return TableReader.parts(connection, table, bytes);
    }

    @Override
    public InputStream read(Connection connection, Table table, Part part) throws SQLException {
        return TableReader.read(connection, table, part);
    }

    @Override
    public long count(Connection connection, TableName table) throws SQLException {
        return Queries.number(connection, "SELECT COUNT(*) FROM " + quoted(table));
    }

    @Override
    public boolean exists(Connection connection, TableName table) throws SQLException {
        return Queries.text(connection,
                "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?", table.schema(),
                table.name())
                .isPresent();
    }

    @Override
    public void run(Connection connection, List<String> statements) throws SQLException {
        Sessions.writing(connection);
        for (String statement : statements) {
            try {
                Queries.run(connection, statement);
            } catch (SQLException e) {
                String line = statement.replaceAll("\\s+", " ");
                String beginning = line.length() <= STATEMENT_CHARACTERS
                        ? line
                        : line.substring(0, STATEMENT_CHARACTERS) + " …";
                throw new SQLException("cannot run " + beginning + ": " + ServerError.message(e), e.getSQLState(),
                        e.getErrorCode(), e);
            }
        }
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        Sessions.writing(connection);
    }

    @Override
    public long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException {
        return new TableWriter(connection, table, mode).write(rows);
    }

    /**
     * A dead server or network is found within two minutes by the probes of TCP. The limit of a single wait is an hour, because the
     * server may sort a table without a key before it sends the first row. The server sends values that are larger than its limit
     * for packets, and the driver shall take them.
     */
    @Override
    public Map<String, String> driverProperties() {
        return Map.of("connectTimeout", "10000", "socketTimeout", "3600000", "tcpKeepAlive", "true", "tcpKeepIdle",
                "60", "tcpKeepInterval", "10", "tcpKeepCount", "6", "allowLocalInfile", "true", "tinyInt1isBit",
                "false",
                "maxAllowedPacket", LARGEST_VALUE);
    }

    @Override
    public Optional<String> home(Connection connection) throws SQLException {
        return Queries.text(connection, "SELECT DATABASE()");
    }

    @Override
    public String quoted(String name) {
        return Sql.name(name);
    }

    @Override
    public void relax(Connection connection) throws SQLException {
        Queries.run(connection, "SET SESSION foreign_key_checks = 0");
    }

    @Override
    public String portableType(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case DECIMAL -> "DECIMAL(65,30)";
            case FLOAT -> "DOUBLE";
            case BYTES -> "LONGBLOB";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP, TIMESTAMP_WITH_ZONE -> "DATETIME(6)";
            case UUID -> "CHAR(36)";
            case TEXT, JSON, OTHER -> "LONGTEXT";
        };
    }
}
