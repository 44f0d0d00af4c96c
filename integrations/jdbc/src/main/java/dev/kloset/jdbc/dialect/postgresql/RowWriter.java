package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.postgresql.point.Quiet;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Loads rows with COPY, in a transaction of their own. Rows that replace others come into a temporary table first. */
final class RowWriter {

    private static final int BUFFER = 1 << 16;
    private static final String ROWS = "pg_temp.kloset_rows";

    private final Connection connection;
    private final Table table;
    private final List<String> columns;
    private final String target;

    RowWriter(Connection connection, Table table) {
        this.connection = connection;
        this.table = table;
        this.columns = table.stored().stream().map(Column::name).toList();
        this.target = Sql.name(table.name());
    }

    long write(InputStream rows, WriteMode mode) throws SQLException, IOException, InterruptedException {
        boolean wasAutoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean isDone = false;
        try {
            long count = mode == WriteMode.UPSERT ? replace(rows) : copy(target, rows);
            connection.commit();
            isDone = true;
            return count;
        } finally {
            end(isDone, wasAutoCommit);
        }
    }

    private void end(boolean isDone, boolean wasAutoCommit) throws SQLException {
        if (!isDone) {
            Quiet.run(() -> connection.rollback());
            Quiet.run(() -> connection.setAutoCommit(wasAutoCommit));
        } else {
            connection.setAutoCommit(wasAutoCommit);
        }
    }

    private long replace(InputStream rows) throws SQLException, IOException, InterruptedException {
        if (table.key().isEmpty()) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    "cannot replace rows of " + table.name() + ": it has no key");
        }
        Sql.run(connection, "CREATE TEMPORARY TABLE kloset_rows ON COMMIT DROP AS SELECT " + Sql.names(columns)
                + " FROM ONLY " + target + " WITH NO DATA");
        long count = copy(ROWS, rows);
        String others = columns.stream()
                .filter(column -> !table.key().contains(column))
                .map(column -> Sql.name(column) + " = EXCLUDED." + Sql.name(column))
                .collect(Collectors.joining(", "));
        Sql.run(connection, "INSERT INTO " + target + " (" + Sql.names(columns) + ") OVERRIDING SYSTEM VALUE SELECT "
                + Sql.names(columns) + " FROM " + ROWS + " ON CONFLICT (" + Sql.names(table.key()) + ") DO "
                + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + others));
        return count;
    }

    private long copy(String into, InputStream rows) throws SQLException, IOException, InterruptedException {
        String names = columns.isEmpty() ? "" : " (" + Sql.names(columns) + ")";
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + names + " FROM STDIN");
        try {
            byte[] buffer = new byte[BUFFER];
            for (int read = rows.read(buffer); read >= 0; read = rows.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("loading " + table.name() + " was interrupted");
                }
                copy.writeToCopy(buffer, 0, read);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                Quiet.run(() -> copy.cancelCopy());
            }
        }
    }
}
