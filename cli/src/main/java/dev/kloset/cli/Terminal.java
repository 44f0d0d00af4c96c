package dev.kloset.cli;

import dev.kloset.internal.Redactor;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * The two output streams of the command, and the only place that touches them: results on standard output, everything else
 * on standard error, where a status line may be redrawn in place. Text is UTF-8. Any thread.
 */
final class Terminal {

    private static final String CLEAR_LINE = "\r\u001B[K";
    // A status longer than the line would wrap, and clearing reaches its last row only.
    private static final String CUT_AT_EDGE = "\u001B[?7l";
    private static final String WRAP_AT_EDGE = "\u001B[?7h";

    private final OutputStream out;
    private final OutputStream err;
    private final boolean outInteractive;
    private final boolean errInteractive;
    private boolean statusShown; // guarded by this
    private volatile Redactor redactor = Redactor.NONE;

    /**
     * @param outInteractive whether somebody watches {@code out}, so that every line must appear at once
     * @param errInteractive whether {@code err} can redraw a line
     */
    Terminal(OutputStream out, OutputStream err, boolean outInteractive, boolean errInteractive) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.err = err;
        this.outInteractive = outInteractive;
        this.errInteractive = errInteractive;
    }

    /** {@return the streams of this process} The launcher says which of them are terminals: Java cannot tell one by one. */
    static Terminal standard() {
        String terminals = System.getProperty("kloset.terminals", "");
        return new Terminal(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
                terminals.contains("1"), terminals.contains("2"));
    }

    /** {@return whether somebody watches the results, so that colour helps} */
    boolean isWatched() {
        return outInteractive;
    }

    boolean showsStatus() {
        return errInteractive;
    }

    /** Write these secrets nowhere from now on but in {@link #data}: plugins of any make repeat what they were given. */
    void hide(Redactor secrets) {
        redactor = secrets;
    }

    /** {@return {@code text} without secrets} Only for a text that is going to be divided; others lose them on their way. */
    String hidden(String text) {
        return redactor.hide(text);
    }

    /** Write one line of results, without secrets. */
    void print(String line) throws IOException {
        data(redactor.hide(line));
    }

    /** Write one line of results as it is: the names of files are what was asked for, whatever words are in them. */
    void data(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
        if (outInteractive) {
            flush();
        }
    }

    /** Write bytes of a result as they are. */
    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        clearStatus();
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw closedOrFailed(e);
        }
    }

    /** Write out what is still buffered. */
    synchronized void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw closedOrFailed(e);
        }
    }

    private static IOException closedOrFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        // The words of Unix and of Windows; Java has no type for this.
        return message.contains("Broken pipe") || message.contains("pipe is being closed")
                ? new OutputClosedException(e)
                : new IOException("cannot write to standard output: " + message, e);
    }

    /** Write one line of remarks. */
    synchronized void remark(String line) {
        clearStatus();
        writeErr(redactor.hide(line) + "\n");
    }

    /** Write where an error comes from, for those who asked for it. */
    void trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        remark(text.toString().stripTrailing());
    }

    /** Show {@code line} in the place of the previous status. */
    synchronized void status(String line) {
        statusShown = true;
        writeErr(CLEAR_LINE + CUT_AT_EDGE + redactor.hide(line) + WRAP_AT_EDGE);
    }

    /** Take the status away. */
    synchronized void clearStatus() {
        if (statusShown) {
            statusShown = false;
            writeErr(CLEAR_LINE);
        }
    }

    private void writeErr(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // There is nowhere left to complain; the exit code still tells.
        }
    }
}
