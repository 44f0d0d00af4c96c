package dev.kloset.jdbc.dialect.portable;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Any database, as far as JDBC goes: the rows of its tables, and the tables with their keys. One connection reads, in one transaction.
 * The dialects of single databases extend it where they know more.
 */
public class PortableDialect implements Dialect {

    private static final int FETCH = 1000;

    private final String name;

    /**
     * @param name of the database in sentences and in the snapshot
     */
    public PortableDialect(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Point point(Connections connections, PointSettings settings, Predicate<TableName> tables)
            throws SQLException, IOException, InterruptedException {
        if (settings.consistency() == Consistency.LOCKING) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED, "consistency=locking is not possible with " + name)
                    .hint("use consistency=single, one transaction on one connection");
        }
        boolean isNone = settings.consistency() == Consistency.NONE;
        List<Connection> opened = new ArrayList<>();
        boolean done = false;
        try {
            for (int i = 0; i < (isNone ? settings.connections() : 1); i++) {
                opened.add(connections.open());
            }
            for (Connection connection : opened) {
                prepare(connection, isNone);
            }
            Point point = new ConnectionsPoint(opened, facts(opened.getFirst()), List.of());
            done = true;
            return point;
        } finally {
            if (!done) {
                opened.forEach(ConnectionsPoint::close);
            }
        }
    }

    private void prepare(Connection connection, boolean isNone) throws SQLException {
        if (!isNone) {
            connection.setTransactionIsolation(isolation(connection.getMetaData()));
        }
        connection.setAutoCommit(false);
        begin(connection);
    }

    /** Begin the transaction of a reader, if more than the first query is needed for it. */
    protected void begin(Connection connection) throws SQLException {}

    /** {@return the isolation level in which a transaction sees one moment} */
    protected int isolation(DatabaseMetaData meta) throws SQLException {
        return meta.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)
                ? Connection.TRANSACTION_REPEATABLE_READ
                : Connection.TRANSACTION_SERIALIZABLE;
    }

    /** {@return what driver and server say about themselves} */
    protected static Map<String, String> facts(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        Map<String, String> facts = new HashMap<>();
        facts.put("server", meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion());
        facts.put("driver", meta.getDriverName() + " " + meta.getDriverVersion());
        return facts;
    }

    @Override
    public List<Table> tables(Connection connection, Predicate<TableName> wanted)
            throws SQLException, InterruptedException {
        List<Table> tables = new PortableCatalog(connection).tables(wanted);
        for (Table table : tables) {
            for (Column column : table.stored()) {
                if (!isReadable(column)) {
                    throw new SQLException("the column " + column.name() + " of " + table.name() + " has the type "
                            + column.type() + ", which cannot be backed up; exclude the table, or its rows are lost");
                }
            }
        }
        return tables;
    }

    /** {@return whether the values of a column can be read as text, and restored from it} */
    protected boolean isReadable(Column column) {
        return column.kind() != ColumnKind.OTHER;
    }

    @Override
    public Scripts scripts(Point point, List<Table> tables, DdlSource source)
            throws SQLException, IOException, InterruptedException {
        List<String> before = new ArrayList<>();
        Map<TableName, List<String>> alone = new HashMap<>();
        for (Table table : tables) {
            List<String> statements = create(table);
            alone.put(table.name(), statements);
            statements.stream().filter(statement -> !before.contains(statement)).forEach(before::add);
        }
        return new Scripts(before, alone, Map.of(), List.of(),
                List.of("everything but tables, their columns and keys: " + name
                        + " is only known by its driver"));
    }

    @Override
    public List<Part> parts(Connection connection, Table table, long bytes) throws SQLException, InterruptedException {
        return new PartRule(this, connection, table).parts(bytes);
    }

    /** {@return a whole number that a key's values give, at any time the same, as SQL; empty if the database has none} */
    protected Optional<String> hash(List<Column> key) {
        return Optional.empty();
    }

    /** {@return a value of a key's column as SQL; only asked if there is a {@link #hash}} */
    protected String literal(Column column, String value) {
        String text = "'" + value.replace("'", "''") + "'";
        return switch (column.kind()) {
            case INTEGER, DECIMAL, FLOAT -> value;
            case DATE -> "DATE " + text;
            case TIME -> "TIME " + text;
            case TIMESTAMP -> "TIMESTAMP " + text;
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP WITH TIME ZONE " + text;
            default -> text;
        };
    }

    @Override
    public InputStream read(Connection connection, Table table, Part part) throws SQLException, IOException {
        return read(connection, table, part, 0);
    }

    /**
     * {@return the rows of a part}
     *
     * @param most no more rows than these; 0 for all
     */
    InputStream read(Connection connection, Table table, Part part, int most) throws SQLException {
        String columns = String.join(", ", table.stored().stream().map(this::value).toList());
        String where = part.condition().isEmpty() ? "" : " WHERE " + part.condition();
        Statement statement = connection.createStatement();
        boolean done = false;
        try {
            statement.setFetchSize(FETCH);
            statement.setMaxRows(most);
            ResultSet rows = statement.executeQuery("SELECT " + (columns.isEmpty() ? "1" : columns) + " FROM "
                    + quoted(table.name()) + where + order(table));
            InputStream lines = new RowStream(table.name(), statement, rows, table.stored());
            done = true;
            return lines;
        } finally {
            if (!done) {
                statement.close();
            }
        }
    }

    private String order(Table table) {
        List<String> columns = table.key().isEmpty()
                ? table.stored().stream().filter(this::isSortable).map(Column::name).toList()
                : table.key();
        return columns.isEmpty() ? "" : " ORDER BY " + String.join(", ", columns.stream().map(this::quoted).toList());
    }

    /** {@return the value of a column in a query, as SQL} */
    protected String value(Column column) {
        return quoted(column.name());
    }

    /** {@return whether the database can sort by a column} */
    protected boolean isSortable(Column column) {
        return column.kind() != ColumnKind.OTHER && !column.type().contains("LOB") && !column.type().contains("LARGE");
    }

    @Override
    public long count(Connection connection, TableName table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + quoted(table))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public boolean exists(Connection connection, TableName table) throws SQLException {
        return new PortableCatalog(connection).exists(table);
    }

    @Override
    public void run(Connection connection, List<String> statements) throws SQLException, IOException {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                String words = sql.strip().replaceAll("\\s+", " ");
                throw new IOException("\"" + words.substring(0, Math.min(60, words.length())) + "…\" failed", e);
            }
        }
    }

    @Override
    public long write(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException {
        if (mode == WriteMode.UPSERT && table.key().isEmpty()) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    table.name() + " has no key, so mode=upsert cannot find the rows to replace");
        }
        if (mode == WriteMode.UPSERT) {
            refuseCascades(connection, table.name());
        }
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            long count = insert(connection, table, rows, mode);
            connection.commit();
            done = true;
            return count;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private long insert(Connection connection, Table table, InputStream rows, WriteMode mode)
            throws SQLException, IOException, InterruptedException {
        List<Column> columns = table.stored();
        try (PreparedStatement insert = connection.prepareStatement(insert(table));
                PreparedStatement delete = connection.prepareStatement(delete(table))) {
            RowBatch batch = new RowBatch(columns, insert, mode == WriteMode.UPSERT ? delete : null, table.key());
            try {
                RowLines lines = new RowLines(rows, columns.size());
                for (var row = lines.next(); row != null; row = lines.next()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("interrupted while loading rows into " + table.name());
                    }
                    batch.add(row);
                }
                return batch.finish();
            } finally {
                batch.close();
            }
        }
    }

    /** {@return the statement that inserts a row} */
    protected String insert(Table table) {
        List<Column> columns = table.stored();
        return "INSERT INTO " + quoted(table.name()) + " ("
                + String.join(", ", columns.stream().map(column -> quoted(column.name())).toList()) + ")" + overriding()
                + " VALUES (" + String.join(", ", columns.stream().map(this::parameter).toList()) + ")";
    }

    /** {@return what lets an insert give values to columns that the database numbers by itself, as SQL with a blank in front} */
    protected String overriding() {
        return "";
    }

    @Override
    public void empty(Connection connection, TableName table) throws SQLException {
        refuseCascades(connection, table);
        Dialect.super.empty(connection, table);
    }

    /** Refuse to remove rows of a table if that would delete or change rows of others. */
    protected void refuseCascades(Connection connection, TableName table) throws SQLException {
        try (ResultSet keys = connection.getMetaData()
                .getExportedKeys(connection.getCatalog(), table.schema(), table.name())) {
            while (keys.next()) {
                short rule = keys.getShort("DELETE_RULE");
                if (rule == DatabaseMetaData.importedKeyCascade || rule == DatabaseMetaData.importedKeySetNull
                        || rule == DatabaseMetaData.importedKeySetDefault) {
                    throw new SQLException("a foreign key of " + keys.getString("FKTABLE_NAME")
                            + " would delete or change its rows; restore into another schema");
                }
            }
        }
    }

    /** {@return the place of a column's value in an insert} */
    protected String parameter(Column column) {
        return "?";
    }

    private String delete(Table table) {
        List<String> key = table.key().isEmpty()
                ? Collections.singletonList(table.stored().getFirst().name())
                : table.key();
        Stream<String> conditions = key.stream().map(column -> quoted(column) + " = ?");
        return "DELETE FROM " + quoted(table.name()) + " WHERE " + String.join(" AND ", conditions.toList());
    }
}
