package dev.kloset.jdbc.dialect.derby;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.portable.ConnectionsPoint;
import dev.kloset.jdbc.dialect.portable.PortableDialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Derby: one connection that locks the tables against writers, which the user must have wanted, because Derby keeps no versions of
 * rows. The statements are made of its catalogue.
 */
public final class DerbyDialect extends PortableDialect {

    private static final String LOG = "derby.stream.error.file";
    private static final String SCHEMA_EXISTS = "X0Y68";

    public DerbyDialect() {
        super("Derby");
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, "/dev/null"); // otherwise Derby writes a file into the working directory
        }
    }

    @Override
    public Map<String, String> driverProperties() {
        return Map.of("create", "true");
    }

    @Override
    public Map<String, String> sourceProperties() {
        return Map.of("create", "false");
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException {
        return switch (settings.consistency()) {
            case NONE -> super.point(connections, settings, tables);
            case LOCKING -> locked(connections, tables);
            case SNAPSHOT, SINGLE -> throw new ConnectorException(ErrorKind.CONFIGURATION,
                    "Derby keeps no versions of rows, so a backup stops its writers")
                    .hint("consistency=locking stops them during the backup");
        };
    }

    private Point locked(Connections connections, Predicate<TableName> wanted)
            throws SQLException, InterruptedException {
        Connection connection = connections.open();
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            List<Table> tables = tables(connection, wanted);
            connection.setAutoCommit(false);
            for (Table table : tables) {
                statement.execute("LOCK TABLE " + quoted(table.name()) + " IN SHARE MODE");
            }
            Point point = new ConnectionsPoint(List.of(connection), Map.of("method", "LOCK TABLE … IN SHARE MODE"),
                    List.of());
            done = true;
            return point;
        } finally {
            if (!done) {
                ConnectionsPoint.close(connection);
            }
        }
    }

    @Override
    protected int isolation(DatabaseMetaData meta) {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source) throws SQLException {
        return new DerbyScripts(point.leader(), tables).make();
    }

    /** Derby cannot make a schema only if it is absent. */
    @Override
    public void run(Connection connection, List<String> statements) throws SQLException, IOException {
        for (String statement : statements) {
            try {
                super.run(connection,
                        List.of(statement.replaceFirst("^CREATE SCHEMA IF NOT EXISTS ", "CREATE SCHEMA ")));
            } catch (IOException e) {
                boolean isThere = e.getCause() instanceof SQLException cause
                        && SCHEMA_EXISTS.equals(cause.getSQLState());
                if (!isThere) {
                    throw e;
                }
            }
        }
    }

    @Override
    public String portableType(Column column) {
        return switch (column.kind()) {
            case DECIMAL -> "DECIMAL(31,10)";
            case TIMESTAMP_WITH_ZONE -> "VARCHAR(40)";
            case UUID -> "CHAR(36)";
            case TEXT, JSON, OTHER -> column.isNullable() ? "CLOB" : "VARCHAR(32672)";
            case BOOLEAN, INTEGER, FLOAT, BYTES, DATE, TIME, TIMESTAMP -> super.portableType(column);
        };
    }
}
