package dev.kloset.jdbc.dialect.mariadb.rows;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The values of the lines that {@link LoadStream} makes, row by row. For one thread. */
final class LoadedValues {

    private final InputStream lines;
    private final byte[] @Nullable [] row;

    LoadedValues(LoadStream lines, int columns) {
        this.lines = new BufferedInputStream(lines);
        this.row = new byte[columns][];
    }

    /** {@return a column of the present row} */
    byte @Nullable [] get(int column) {
        return row[column];
    }

    /** Go to the next row. {@return false at the end} */
    boolean next() throws IOException {
        int first = lines.read();
        if (first < 0) {
            return false;
        }
        int b = first;
        for (int column = 0; column < row.length; column++) {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            boolean isNull = false;
            while (b != '\t' && b != '\n') {
                int unescaped = b == '\\' ? unescaped(lines.read()) : b;
                isNull |= unescaped < 0;
                value.write(unescaped);
                b = lines.read();
            }
            row[column] = isNull ? null : value.toByteArray();
            if (b == '\t') {
                b = lines.read();
            }
        }
        return true;
    }

    private static int unescaped(int letter) {
        return switch (letter) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case '0' -> 0;
            case 'N' -> -1;
            default -> letter;
        };
    }
}
