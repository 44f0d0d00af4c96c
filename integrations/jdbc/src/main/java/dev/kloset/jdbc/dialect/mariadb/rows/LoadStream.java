package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.internal.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Lines in the form of {@code COPY} as {@code LOAD DATA} reads them: it does not know all of the escapes, and no hexadecimal digits.
 * Counts the lines. For one thread.
 */
final class LoadStream extends BulkStream {

    private static final int BUFFER = 64 << 10;

    private final InputStream lines;
    private final List<LoadColumn> columns;
    private final byte[] in = new byte[BUFFER];
    private int inAt;
    private int inEnd;
    private final byte[] out = new byte[BUFFER + 4];
    private int outAt;
    private int outEnd;

    private int column;
    private State state = State.START;
    private int digit;
    private long count;

    private enum State {
        START,
        TEXT,
        ESCAPE,
        BYTES_START,
        BYTES_PREFIX,
        HEX,
        HEX_HALF
    }

    LoadStream(InputStream lines, List<LoadColumn> columns) {
        this.lines = lines;
        this.columns = columns;
    }

    /** {@return how many lines have passed} */
    long count() {
        return count;
    }

    /** {@return whether anything was read} */
    boolean isStarted() {
        return inEnd > 0 || count > 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (outAt == outEnd) {
            if (!fill()) {
                return -1;
            }
        }
        int taken = Math.min(length, outEnd - outAt);
        System.arraycopy(out, outAt, target, offset, taken);
        outAt += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while rows were loaded");
        }
        outAt = 0;
        outEnd = 0;
        if (inAt == inEnd) {
            inAt = 0;
            inEnd = Math.max(0, lines.read(in, 0, in.length));
            if (inEnd == 0) {
                if (state != State.START || column != 0) {
                    throw new IOException("the rows end in the middle of line " + (count + 1));
                }
                return false;
            }
        }
        while (inAt < inEnd && outEnd + 2 <= BUFFER) {
            accept(in[inAt++]);
        }
        return true;
    }

    private void accept(byte b) throws IOException {
        if (b == '\t' || b == '\n') {
            endOfValue(b);
            return;
        }
        switch (state) {
            case START -> start(b);
            case TEXT -> text(b);
            case ESCAPE -> escaped(b);
            case BYTES_START -> bytesStart(b);
            case BYTES_PREFIX -> state = expect(b, 'x', State.HEX);
            case HEX -> {
                digit = hex(b);
                state = State.HEX_HALF;
            }
            case HEX_HALF -> {
                put((byte) ((digit << 4) | hex(b)));
                state = State.HEX;
            }
        }
    }

    private void endOfValue(byte b) throws IOException {
        boolean isWhole = state == State.TEXT || state == State.START || state == State.HEX;
        boolean isLast = column == Math.max(0, columns.size() - 1);
        if (!isWhole || isLast != (b == '\n')) {
            throw wrong("it does not have " + columns.size() + " whole columns");
        }
        out[outEnd++] = b;
        state = State.START;
        column++;
        if (b == '\n') {
            column = 0;
            count++;
        }
    }

    private void start(byte b) throws IOException {
        if (b == '\\') {
            state = columns.get(column).isBytes() ? State.BYTES_START : State.ESCAPE;
        } else if (columns.get(column).isBytes()) {
            throw wrong("bytes do not begin with \\x");
        } else {
            state = State.TEXT;
            put(b);
        }
    }

    private void text(byte b) throws IOException {
        if (b == '\\') {
            state = State.ESCAPE;
        } else {
            put(b);
        }
    }

    private void escaped(byte b) throws IOException {
        state = State.TEXT;
        switch (b) {
            case 'N' -> nothing();
            case 'b' -> put((byte) '\b');
            case 'f' -> put((byte) '\f');
            case 'n' -> put((byte) '\n');
            case 'r' -> put((byte) '\r');
            case 't' -> put((byte) '\t');
            case 'v' -> put((byte) 0x0B);
            case '\\' -> put((byte) '\\');
            default -> throw wrong("it has an unknown escape");
        }
    }

    private void bytesStart(byte b) throws IOException {
        if (b == 'N') {
            nothing();
            state = State.TEXT;
        } else {
            state = expect(b, '\\', State.BYTES_PREFIX);
        }
    }

    private void nothing() {
        out[outEnd++] = '\\';
        out[outEnd++] = 'N';
    }

    private void put(byte b) {
        if (b == '\t' || b == '\n' || b == '\\' || b == 0) {
            out[outEnd++] = '\\';
            out[outEnd++] = switch (b) {
                case '\t' -> (byte) 't';
                case '\n' -> (byte) 'n';
                case 0 -> (byte) '0';
                default -> b;
            };
        } else {
            out[outEnd++] = b;
        }
    }

    private State expect(byte b, char expected, State next) throws IOException {
        if (b != expected) {
            throw wrong("bytes do not begin with \\x");
        }
        return next;
    }

    private int hex(byte b) throws IOException {
        int value = Character.digit(b, 16);
        if (value < 0) {
            throw wrong("bytes have a letter that is no hexadecimal digit");
        }
        return value;
    }

    private IOException wrong(String reason) {
        return new IOException("line " + (count + 1) + " is damaged: " + reason);
    }
}
