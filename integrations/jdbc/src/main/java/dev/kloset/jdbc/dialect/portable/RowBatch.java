package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.catalog.Column;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches, perhaps after removing those with the same keys. For one thread. */
final class RowBatch {

    private static final int ROWS = 1000;
    private static final long BYTES = 512 << 10;

    private final List<Column> columns;
    private final PreparedStatement insert;
    private final @Nullable PreparedStatement delete;
    private final int[] key; // the places of the key's columns
    private final List<Field> open = new ArrayList<>();
    private int waiting;
    private long bytes;
    private long rows;

    /**
     * @param delete removes the row with a key; null to leave rows alone
     */
    RowBatch(List<Column> columns, PreparedStatement insert, @Nullable PreparedStatement delete, List<String> key) {
        this.columns = columns;
        this.insert = insert;
        this.delete = delete;
        List<String> names = columns.stream().map(Column::name).toList();
        this.key = key.stream().mapToInt(names::indexOf).toArray();
    }

    void add(List<@Nullable Field> row) throws SQLException, IOException {
        PreparedStatement before = delete;
        if (before != null) {
            for (int i = 0; i < key.length; i++) {
                bind(before, i + 1, columns.get(key[i]), row.get(key[i]));
            }
            before.addBatch();
        }
        boolean isLarge = false;
        for (int i = 0; i < columns.size(); i++) {
            Field field = row.get(i);
            bind(insert, i + 1, columns.get(i), field);
            if (field != null) {
                open.add(field);
                isLarge |= field.isLarge();
                bytes += field.size();
            }
        }
        insert.addBatch();
        waiting++;
        if (waiting >= ROWS || bytes >= BYTES || isLarge) {
            flush();
        }
    }

    /** {@return how many rows there were, after the last ones are sent} */
    long finish() throws SQLException, IOException {
        flush();
        return rows;
    }

    private void flush() throws SQLException, IOException {
        if (waiting > 0) {
            if (delete != null) {
                delete.executeBatch();
            }
            insert.executeBatch();
            rows += waiting;
        }
        waiting = 0;
        bytes = 0;
        close();
    }

    /** Remove the files of large values. */
    void close() throws IOException {
        for (Field field : open) {
            field.close();
        }
        open.clear();
    }

    private static void bind(PreparedStatement statement, int index, Column column, @Nullable Field field)
            throws SQLException, IOException {
        if (field == null) {
            statement.setNull(index, Types.NULL);
        } else if (field.isLarge()) {
            large(statement, index, column, field);
        } else {
            small(statement, index, column, field.text());
        }
    }

    private static void large(PreparedStatement statement, int index, Column column, Field field)
            throws SQLException, IOException {
        switch (column.kind()) {
            case BYTES -> statement.setBinaryStream(index, new HexStream(field.stream()));
            default -> statement.setCharacterStream(index,
                    new InputStreamReader(field.stream(), StandardCharsets.UTF_8));
        }
    }

    private static void small(PreparedStatement statement, int index, Column column, String text)
            throws SQLException, IOException {
        try {
            switch (column.kind()) {
                case BOOLEAN -> statement.setBoolean(index, text.equals("t"));
                case FLOAT -> statement.setDouble(index, Double.parseDouble(text));
                case BYTES -> statement.setBytes(index, HexFormat.of().parseHex(text, 2, text.length()));
                case INTEGER, DECIMAL -> number(statement, index, text);
                default -> statement.setString(index, text);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a value of column " + column.name() + " is no " + column.kind()
                    + ": the rows were changed", e);
        }
    }

    /** Some databases have decimal numbers that are not, such as NaN. */
    private static void number(PreparedStatement statement, int index, String text) throws SQLException {
        if (text.endsWith("N") || text.endsWith("y")) {
            statement.setString(index, text);
        } else {
            statement.setBigDecimal(index, new BigDecimal(text));
        }
    }
}
