package dev.kloset.jdbc.dialect.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The same bytes as COPY sends, in pieces: a value that is too large for the memory comes in slices, which the server cuts. */
final class WideRowReader implements Pieces {

    private static final int SLICE = 1 << 18;
    /** In such a table, values up to this size come with their rows. */
    private static final int INLINE = 1 << 15;
    private static final int VALUES = 128;
    private static final int SLICES = 4;
    /** What COPY takes back is at most 1 GiB in its own words, of which each byte of a bytea has two. */
    private static final long MOST = 500_000_000;

    /** What stands behind a backslash for a byte, or 0. */
    private static final byte[] LETTERS = new byte[128];

    static {
        LETTERS['\b'] = 'b';
        LETTERS['\f'] = 'f';
        LETTERS['\n'] = 'n';
        LETTERS['\r'] = 'r';
        LETTERS['\t'] = 't';
        LETTERS['\u000b'] = 'v';
        LETTERS['\\'] = '\\';
    }

    private final Connection connection;
    private final Table table;
    private final List<Column> columns;
    private final boolean wasAutoCommit;
    private final Statement statement;
    private final ResultSet rows;
    private @Nullable Statement slicing;
    private @Nullable ResultSet slices;
    private int column;

    WideRowReader(Connection connection, Table table, Part part) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.columns = table.stored();
        this.wasAutoCommit = connection.getAutoCommit();
        // Only in a transaction does the driver fetch some rows at a time.
        connection.setAutoCommit(false);
        this.statement = connection.createStatement();
        statement.setFetchSize(Math.max(1, VALUES / columns.size()));
        this.rows = statement.executeQuery(query(part));
    }

    /** For each row its place, and for each column its text, unless that is large, and its size. */
    private String query(Part part) {
        String values = columns.stream().map(value -> {
            String name = Sql.name(value.name());
            String size = WideValues.mayBeWide(value) ? WideValues.size(value) : "0";
            return "CASE WHEN " + name + " IS NOT NULL AND " + size + " <= " + INLINE
                    + " THEN pg_catalog.format('%s', " + name
                    + ") END, coalesce(" + size + ", 0)";
        }).collect(Collectors.joining(", "));
        return "SELECT ctid::text, " + values + " FROM ONLY " + Sql.name(table.name()) + " WHERE " + part.condition()
                + " ORDER BY "
                + RowReader.order(table);
    }

    @Override
    public byte @Nullable [] next() throws SQLException, IOException {
        if (slices != null) {
            return slices.next() ? written(slices.getBytes(1)) : endOfSlices();
        }
        if (column == 0 && !rows.next()) {
            return null;
        }
        long size = rows.getLong(2 * column + 3);
        if (size > INLINE) {
            return beginSlices(size);
        }
        String text = rows.getString(2 * column + 2);
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(text == null ? new byte[]{ '\\', 'N' } : escaped(text.getBytes(UTF_8)));
        value.write(separator());
        return value.toByteArray();
    }

    private byte separator() {
        column = (column + 1) % columns.size();
        return (byte) (column == 0 ? '\n' : '\t');
    }

    private byte[] beginSlices(long size) throws SQLException, IOException {
        Column wide = columns.get(column);
        if (size > MOST) {
            throw new IOException(
                    "cannot read " + table.name() + ": a value of the column " + wide.name() + " has " + size
                            + " bytes, and PostgreSQL takes back at most " + MOST);
        }
        boolean isBytes = wide.kind() == ColumnKind.BYTES;
        String name = Sql.name(wide.name());
        String bytes = isBytes
                ? name + " || ''::bytea"
                : "pg_catalog.convert_to(pg_catalog.format('%s', " + name
                        + "), CASE pg_catalog.getdatabaseencoding() WHEN 'SQL_ASCII' THEN 'SQL_ASCII' ELSE 'UTF8' END)";
        slicing = connection.createStatement();
        slicing.setFetchSize(SLICES);
        slices = slicing.executeQuery("SELECT pg_catalog.substring(v.b, i, " + SLICE + ") FROM (SELECT " + bytes
                + " AS b FROM ONLY "
                + Sql.name(table.name()) + " WHERE ctid = " + Sql.text(rows.getString(1)) + "::tid OFFSET 0) v"
                + " CROSS JOIN LATERAL pg_catalog.generate_series(1, pg_catalog.octet_length(v.b), " + SLICE + ") i");
        return isBytes ? new byte[]{ '\\', '\\', 'x' } : new byte[0];
    }

    private byte[] endOfSlices() throws SQLException {
        slices = null;
        if (slicing != null) {
            slicing.close();
        }
        return new byte[]{ separator() };
    }

    private byte[] written(byte[] slice) {
        return columns.get(column).kind() == ColumnKind.BYTES
                ? HexFormat.of().formatHex(slice).getBytes(UTF_8)
                : escaped(slice);
    }

    /** A letter of several bytes has none of these among them, so a slice may end within one. */
    static byte[] escaped(byte[] text) {
        ByteArrayOutputStream escaped = new ByteArrayOutputStream(text.length);
        for (byte b : text) {
            byte letter = b < 0 ? 0 : LETTERS[b];
            if (letter != 0) {
                escaped.write('\\');
            }
            escaped.write(letter != 0 ? letter : b);
        }
        return escaped.toByteArray();
    }

    @Override
    public void close() throws SQLException {
        if (slicing != null) {
            slicing.close();
        }
        statement.close();
        if (wasAutoCommit) {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
