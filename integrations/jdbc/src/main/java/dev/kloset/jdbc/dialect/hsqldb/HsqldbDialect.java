package dev.kloset.jdbc.dialect.hsqldb;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.portable.PortableDialect;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * HSQLDB: one transaction with a snapshot if the database keeps versions of rows ({@code hsqldb.tx=mvcc}); otherwise a reader and a
 * writer wait for each other, which the user must have wanted. The statements are those of its own {@code SCRIPT}.
 */
public final class HsqldbDialect extends PortableDialect {

    private final boolean isOverriding;

    public HsqldbDialect() {
        this(false);
    }

    private HsqldbDialect(boolean isOverriding) {
        super("HSQLDB");
        this.isOverriding = isOverriding;
    }

    @Override
    public Map<String, String> sourceProperties() {
        return Map.of("ifexists", "true");
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException {
        if (settings.consistency() == Consistency.NONE) {
            return super.point(connections, settings, tables);
        }
        try (Connection connection = connections.open()) {
            if (settings.consistency() != Consistency.LOCKING && !hasVersions(connection)) {
                throw new ConnectorException(ErrorKind.CONFIGURATION,
                        "this database keeps no versions of rows, so a backup would stop its writers")
                        .hint("SET DATABASE TRANSACTION CONTROL MVCC changes that; consistency=locking stops them during the backup");
            }
        }
        return settings.consistency() == Consistency.LOCKING
                ? LockedTables.point(this, connections, tables)
                : super.point(connections, settings, tables);
    }

    private static boolean hasVersions(Connection connection) throws SQLException {
        return value(connection, "CALL TRANSACTION_CONTROL()").equals("MVCC");
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    @Override
    protected int isolation(DatabaseMetaData meta) {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    /** A snapshot is that of the first statement. */
    @Override
    protected void begin(Connection connection) throws SQLException {
        value(connection, "CALL CURRENT_TIMESTAMP");
    }

    /** The driver shows only the first bit of several, and arrays as objects. */
    @Override
    protected boolean isReadable(Column column) {
        return super.isReadable(column) && (!column.type().startsWith("BIT") || column.type().equals("BIT(1)"));
    }

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = point.leader().createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT")) {
            while (lines.next()) {
                statements.add(lines.getString(1));
            }
        }
        return new HsqldbScripts(tables).scripts(statements);
    }

    /** A column that the database always numbers takes values only with a word, which it refuses for other tables. */
    @Override
    public long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException {
        return !isOverriding && alwaysNumbers(connection, table.name())
                ? new HsqldbDialect(true).write(connection, table, rows, mode)
                : super.write(connection, table, rows, mode);
    }

    private static boolean alwaysNumbers(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS "
                        + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND IDENTITY_GENERATION = 'ALWAYS'")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }

    @Override
    protected String overriding() {
        return isOverriding ? " OVERRIDING SYSTEM VALUE" : "";
    }

    @Override
    public String portableType(Column column) {
        return switch (column.kind()) {
            case DECIMAL -> "DECIMAL(128,30)";
            case TIME -> "TIME(9)";
            case TIMESTAMP -> "TIMESTAMP(9)";
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP(9) WITH TIME ZONE";
            case UUID -> "UUID";
            case BYTES -> "VARBINARY(16777216)";
            case TEXT, JSON, OTHER -> "VARCHAR(16777216)";
            case BOOLEAN, INTEGER, FLOAT, DATE -> super.portableType(column);
        };
    }
}
