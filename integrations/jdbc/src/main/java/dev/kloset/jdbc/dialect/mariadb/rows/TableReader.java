package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the rows of tables, in parts. */
public final class TableReader {

    private TableReader() {}

    /** {@return the parts of a table, in the order of its key} */
    public static List<Part> parts(Connection connection, Table table, long bytes) throws SQLException {
        return Partition.of(connection, table, bytes);
    }

    /** {@return the rows of a part as lines in the form of {@code COPY}} */
    public static InputStream read(Connection connection, Table table, Part part) throws SQLException {
        PartQuery query = new PartQuery(table, part);
        if (query.hasLarge() && FetchSize.streamsValues(connection)) {
            return new PartStream(table.name(), new StreamedRows(connection, query));
        }
        PartReader reader = new PartReader(connection, query);
        reader.open();
        return new PartStream(table.name(), reader);
    }
}
