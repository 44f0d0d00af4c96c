package dev.kloset.jdbc.dialect.portable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes lines in the form of {@code COPY} apart. For one thread. */
final class RowLines {

    private final InputStream in;
    private final int columns;

    RowLines(InputStream in, int columns) {
        this.in = new BufferedInputStream(in, 64 << 10);
        this.columns = columns;
    }

    /**
     * {@return the fields of the next line, null for each null; or null after the last line} The caller closes the fields.
     *
     * @throws IOException if the line has another number of columns, or no end
     */
    @Nullable
    List<@Nullable Field> next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        if (columns == 0 && c == '\n') {
            return List.of();
        }
        List<@Nullable Field> fields = new ArrayList<>(columns);
        int end = '\t';
        while (end == '\t') {
            Field field = new Field();
            end = field(c, field, fields);
            c = end == '\t' ? read() : c;
        }
        if (fields.size() != columns) {
            throw new IOException(
                    "a row has " + fields.size() + " values for " + columns + " columns: the rows were changed");
        }
        return fields;
    }

    /** {@return the character behind the field} */
    private int field(int first, Field field, List<@Nullable Field> fields) throws IOException {
        boolean isNull = false;
        int c = first;
        while (c != '\t' && c != '\n') {
            if (c == '\\') {
                int letter = read();
                isNull = letter == 'N';
                if (!isNull) {
                    field.write(meaning(letter));
                }
            } else {
                field.write(c);
            }
            c = read();
        }
        fields.add(isNull ? null : field);
        return c;
    }

    private static int meaning(int letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new IOException("the last row has no end: the rows were cut");
        }
        return c;
    }
}
