package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes rows into a table, all of a stream or none: with {@code LOAD DATA} where the server and the driver allow it. */
public final class TableWriter {

    private final Connection connection;
    private final Table table;
    private final WriteMode mode;

    public TableWriter(Connection connection, Table table, WriteMode mode) {
        this.connection = connection;
        this.table = table;
        this.mode = mode;
    }

    /** {@return how many rows came} */
    public long write(InputStream rows) throws SQLException, IOException {
        if (mode == WriteMode.UPSERT && table.key().isEmpty()) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    table.name() + " has no key, so mode=upsert cannot find the rows to replace");
        }
        List<LoadColumn> columns = LoadColumn.all(table.stored());
        LoadStream stream = new LoadStream(rows, columns);
        connection.setAutoCommit(false);
        try {
            load(columns, stream);
            connection.commit();
            return stream.count();
        } catch (SQLException e) {
            rollBack(e);
            throw named(e);
        } catch (IOException | RuntimeException e) {
            rollBack(e);
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void load(List<LoadColumn> columns, LoadStream stream) throws SQLException, IOException {
        if (!columns.isEmpty() && DataLoad.isPossible(connection)) {
            try {
                new DataLoad(connection, table.name(), columns, mode).load(stream);
                return;
            } catch (SQLException e) {
                if (!ServerError.NO_LOCAL_FILES.is(e) || stream.isStarted()) {
                    throw e;
                }
            }
        }
        new InsertLoad(connection, table.name(), columns, mode).load(stream);
    }

    private void rollBack(Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private SQLException named(SQLException e) {
        return new SQLException("cannot write rows into " + table.name() + ": " + ServerError.message(e),
                e.getSQLState(),
                e.getErrorCode(), e);
    }
}
