package dev.kloset.jdbc.dialect.h2;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.portable.PortableDialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** H2: one transaction with a snapshot, which stops no writer; the statements are those of its own {@code SCRIPT}. */
public final class H2Dialect extends PortableDialect {

    public H2Dialect() {
        super("H2");
    }

    /** A query that is not lazy keeps all of its rows in memory. */
    @Override
    public Map<String, String> driverProperties() {
        return Map.of("LAZY_QUERY_EXECUTION", "1");
    }

    @Override
    public Map<String, String> sourceProperties() {
        return Map.of("IFEXISTS", "TRUE");
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException {
        return switch (settings.consistency()) {
            case SNAPSHOT, SINGLE -> H2Point.open(this, connections, settings, tables);
            case LOCKING, NONE -> super.point(connections, settings, tables);
        };
    }

    static Map<String, String> factsOf(Connection connection) throws SQLException {
        return facts(connection);
    }

    @Override
    protected boolean isReadable(Column column) {
        return !column.type().endsWith("ARRAY") && !column.type().startsWith("ROW");
    }

    @Override
    protected Optional<String> hash(List<Column> key) {
        if (!key.stream().allMatch(H2Dialect::hasLiteral)) {
            return Optional.empty();
        }
        List<String> texts = key.stream().map(column -> "CAST(" + quoted(column.name()) + " AS VARCHAR)").toList();
        return Optional.of("ORA_HASH(" + String.join(" || ',' || ", texts) + ")");
    }

    private static boolean hasLiteral(Column column) {
        return switch (column.kind()) {
            case INTEGER, DECIMAL, TEXT, UUID, DATE, TIMESTAMP -> true;
            default -> false;
        };
    }

    @Override
    protected String literal(Column column, String value) {
        return column.kind() == ColumnKind.UUID ? "UUID '" + value + "'" : super.literal(column, value);
    }

    @Override
    protected String overriding() {
        return " OVERRIDING SYSTEM VALUE";
    }

    /** A text in a JSON column would become a string of JSON. */
    @Override
    protected String parameter(Column column) {
        return column.kind() == ColumnKind.JSON ? "? FORMAT JSON" : "?";
    }

    @Override
    public String portableType(Column column) {
        return switch (column.kind()) {
            case DECIMAL -> "DECFLOAT";
            case TIME -> "TIME(9)";
            case TIMESTAMP -> "TIMESTAMP(9)";
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP(9) WITH TIME ZONE";
            case UUID -> "UUID";
            case JSON -> "JSON";
            case BYTES -> "VARBINARY";
            default -> super.portableType(column);
        };
    }

    @Override
    public void relax(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET REFERENTIAL_INTEGRITY FALSE");
        }
    }

    /** They do nothing in a relaxed session. */
    @Override
    protected void refuseCascades(Connection connection, TableName table) {}

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = point.leader().createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT NODATA NOSETTINGS")) {
            while (lines.next()) {
                statements.add(lines.getString(1));
            }
        }
        return new H2Scripts(tables, statements).scripts();
    }
}
