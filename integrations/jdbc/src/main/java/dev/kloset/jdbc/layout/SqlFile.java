package dev.kloset.jdbc.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Statements in a file. Each has a line before it with its length in bytes, so that nothing in a statement can pass for its end; and a
 * semicolon on a line behind it, so that most files can be given to the database's own client.
 */
public final class SqlFile {

    private static final byte[] BEGIN = "-- bytes: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n;\n\n".getBytes(StandardCharsets.US_ASCII);

    private SqlFile() {}

    /** {@return the file with these statements} */
    public static String write(List<String> statements) {
        StringBuilder out = new StringBuilder();
        for (String statement : statements) {
            int length = statement.getBytes(StandardCharsets.UTF_8).length;
            out.append("-- bytes: ").append(length).append('\n').append(statement).append("\n;\n\n");
        }
        return out.toString();
    }

    /**
     * {@return the statements in a file}
     *
     * @throws IOException if it was changed by hand
     */
    public static List<String> read(byte[] file) throws IOException {
        List<String> statements = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int line = lineEnd(file, at);
            int length = length(file, at, line);
            int end = line + 1 + length;
            if (length < 0 || end + END.length > file.length
                    || !Arrays.equals(file, end, end + END.length, END, 0, END.length)) {
                throw new IOException("statement " + (statements.size() + 1)
                        + " has not the length that stands before it: the file was changed");
            }
            statements.add(new String(file, line + 1, length, StandardCharsets.UTF_8));
            at = end + END.length;
        }
        return statements;
    }

    private static int lineEnd(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != '\n') {
            at++;
        }
        return at;
    }

    /** {@return the length on the line; negative if there is none} */
    private static int length(byte[] file, int from, int to) {
        if (to - from <= BEGIN.length
                || !Arrays.equals(file, from, from + BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return -1;
        }
        try {
            int length = Integer.parseInt(
                    new String(file, from + BEGIN.length, to - from - BEGIN.length, StandardCharsets.US_ASCII));
            return length > file.length ? -1 : length;
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
