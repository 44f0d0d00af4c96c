package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.catalog.ColumnKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column as text that does not depend on settings. For one thread. */
final class ValueText {

    private static final int PIECE = 16 << 10;

    private final int index;
    private final ColumnKind kind;
    private final boolean isLarge; // may have values that are read piece by piece
    private @Nullable InputStream bytes;
    private @Nullable Reader text;

    ValueText(int index, ColumnKind kind, boolean isLarge) {
        this.index = index;
        this.kind = kind;
        this.isLarge = isLarge;
    }

    /** Begin with the value of a row. {@return whether all of it is written} */
    boolean begin(ResultSet row, CopyText out) throws SQLException, IOException {
        if (isLarge && kind == ColumnKind.BYTES) {
            bytes = row.getBinaryStream(index);
            if (bytes != null) {
                out.hexadecimal();
                return more(out);
            }
        } else if (isLarge && kind == ColumnKind.TEXT) {
            text = row.getCharacterStream(index);
            if (text != null) {
                return more(out);
            }
        } else if (small(row, out)) {
            return true;
        }
        out.plain("\\N");
        return true;
    }

    /** Write the next piece of a value. {@return whether it was the last} */
    boolean more(CopyText out) throws IOException {
        InputStream in = bytes;
        Reader characters = text;
        if (in != null) {
            byte[] piece = in.readNBytes(PIECE);
            out.digits(piece, piece.length);
            if (piece.length < PIECE) {
                in.close();
                bytes = null;
            }
        } else if (characters != null && !characters(characters, out)) {
            characters.close();
            text = null;
        }
        return bytes == null && text == null;
    }

    /** {@return whether there may be more} */
    private static boolean characters(Reader in, CopyText out) throws IOException {
        char[] piece = new char[PIECE + 1];
        int count = 0;
        for (int more = 0; count < PIECE && more >= 0; count += more) {
            more = in.read(piece, count, PIECE - count);
            if (more < 0) {
                out.escaped(new String(piece, 0, count));
                return false;
            }
        }
        if (Character.isHighSurrogate(piece[count - 1])) {
            int low = in.read();
            if (low >= 0) {
                piece[count++] = (char) low;
            }
        }
        out.escaped(new String(piece, 0, count));
        return true;
    }

    /** {@return whether there was a value} */
    private boolean small(ResultSet row, CopyText out) throws SQLException {
        switch (kind) {
            case BOOLEAN -> {
                boolean value = row.getBoolean(index);
                if (!row.wasNull()) {
                    out.plain(value ? "t" : "f");
                }
            }
            case BYTES -> {
                byte[] value = row.getBytes(index);
                if (value != null) {
                    out.hexadecimal();
                    out.digits(value, value.length);
                }
                return value != null;
            }
            case FLOAT -> {
                Object value = row.getObject(index);
                if (value != null) {
                    out.plain(value.toString());
                }
                return value != null;
            }
            default -> {
                String value = text(row);
                if (value != null) {
                    out.escaped(value);
                }
                return value != null;
            }
        }
        return !row.wasNull();
    }

    private @Nullable String text(ResultSet row) throws SQLException {
        String value = row.getString(index);
        if (value != null && kind == ColumnKind.DECIMAL && value.indexOf('E') >= 0) {
            return new BigDecimal(value).toPlainString();
        }
        return value;
    }
}
