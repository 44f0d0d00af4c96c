package dev.kloset.jdbc.dialect.portable;

import dev.kloset.internal.BulkStream;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows of a query as lines, made as they are read. For one thread; memory holds some rows and a piece of a large value. */
final class RowStream extends BulkStream {

    private static final int ENOUGH = 32 << 10;
    private static final Set<Integer> LARGE = Set.of(Types.CLOB, Types.NCLOB, Types.BLOB, Types.LONGVARBINARY,
            Types.LONGVARCHAR, Types.LONGNVARCHAR);

    private final TableName table;
    private final Statement statement;
    private final ResultSet rows;
    private final List<ValueText> columns = new ArrayList<>();
    private final CopyText text = new CopyText();
    private int column = -1; // the one that is written; -1 between rows
    private boolean isBegun; // whether a piece of that column's value is written
    private boolean ended;

    /**
     * @param statement closed with the stream
     * @param columns of the query, in its order
     */
    RowStream(TableName table, Statement statement, ResultSet rows, List<Column> columns) throws SQLException {
        this.table = table;
        this.statement = statement;
        this.rows = rows;
        for (int i = 0; i < columns.size(); i++) {
            boolean isLarge = LARGE.contains(rows.getMetaData().getColumnType(i + 1));
            this.columns.add(new ValueText(i + 1, columns.get(i).kind(), isLarge));
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            // Only when all is taken, which empties the buffer: it must not grow with the content.
            if (text.available() == 0) {
                fill();
            }
        } catch (SQLException e) {
            throw new IOException("cannot read " + table, e);
        }
        return text.available() == 0 ? -1 : text.take(buffer, offset, length);
    }

    private void fill() throws SQLException, IOException {
        while (text.available() < ENOUGH && !ended) {
            step();
        }
    }

    /** Write the next piece: of a value, or between values. */
    private void step() throws SQLException, IOException {
        if (column < 0) {
            ended = !rows.next();
            column = ended ? -1 : 0;
        } else if (column == columns.size()) {
            text.write('\n');
            column = -1;
        } else {
            value();
        }
    }

    private void value() throws SQLException, IOException {
        ValueText value = columns.get(column);
        boolean done;
        if (isBegun) {
            done = value.more(text);
        } else {
            if (column > 0) {
                text.write('\t');
            }
            done = value.begin(rows, text);
        }
        isBegun = !done;
        column += done ? 1 : 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try (statement) {
            rows.close();
        } catch (SQLException e) {
            throw new IOException("cannot end reading " + table, e);
        }
    }
}
