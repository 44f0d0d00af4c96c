package dev.kloset.cli.shell;

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
public final class Terminal {

    private static final String CLEAR_LINE = "\r\u001B[K";
    // A longer status would wrap, and clearing reaches only its last row.
    private static final String CUT_AT_EDGE = "\u001B[?7l";
    private static final String WRAP_AT_EDGE = "\u001B[?7h";

    private final OutputStream out;
    private final OutputStream err;
    private final boolean outInteractive;
    private final boolean errInteractive;
    private final boolean dumb;
    private boolean statusShown; // guarded by this
    private volatile boolean json;
    private volatile Redactor redactor = Redactor.NONE;

    /**
     * @param outInteractive whether a person watches {@code out}, so that every line must appear at once
     * @param errInteractive whether {@code err} can redraw a line
     */
    public Terminal(OutputStream out, OutputStream err, boolean outInteractive, boolean errInteractive) {
        this(out, err, outInteractive, errInteractive, false);
    }

    /** @param dumb whether the terminal shows nothing but text: neither colours nor lines that are redrawn */
    public Terminal(OutputStream out, OutputStream err, boolean outInteractive, boolean errInteractive, boolean dumb) {
        this.dumb = dumb;
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.err = err;
        this.outInteractive = outInteractive;
        this.errInteractive = errInteractive && !dumb;
    }

    /**
     * {@return the streams of this process} The launcher says which of them are terminals, because Java cannot test them one by
     * one.
     */
    public static Terminal standard() {
        String terminals = System.getProperty("kloset.terminals", "");
        return new Terminal(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
                terminals.contains("1"), terminals.contains("2"), terminals.contains("d"));
    }

    /** {@return whether a person watches the results and can see colours} */
    public boolean isWatched() {
        return outInteractive && !dumb;
    }

    /** {@return whether a line can be redrawn in place} */
    public boolean showsStatus() {
        return errInteractive;
    }

    /** Write every remark as one JSON object from now on, because a program reads the results and may read the remarks. */
    public void remarkInJson() {
        json = true;
    }

    public boolean isJson() {
        return json;
    }

    /** Hide these secrets from now on, except in {@link #data}. Plugins of any make repeat what they were given. */
    public void hide(Redactor secrets) {
        redactor = secrets;
    }

    /**
     * {@return {@code text} without secrets} Call it only for a text that is about to be divided; all other texts lose their
     * secrets when they are written.
     */
    public String hidden(String text) {
        return redactor.hide(text);
    }

    /** Write one line of results, without secrets. */
    public void print(String line) throws IOException {
        data(redactor.hide(line));
    }

    /** Write one line of results as it is: the user asked for the names of files, whatever words these contain. */
    public void data(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
        if (outInteractive) {
            flush();
        }
    }

    /** Write bytes of a result as they are. */
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        clearStatus();
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw closedOrFailed(e);
        }
    }

    /** Write out what is still buffered. */
    public synchronized void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw closedOrFailed(e);
        }
    }

    private static IOException closedOrFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        // The messages of Unix and of Windows; Java has no exception type for this.
        return message.contains("Broken pipe") || message.contains("pipe is being closed")
                ? new OutputClosedException(e)
                : new IOException("cannot write to standard output: " + message, e);
    }

    /** Write one line of remarks, in JSON as {@code {"event":"remark","line":...}}. */
    public void remark(String line) {
        if (json) {
            event(Json.object().put("event", "remark").put("line", line));
        } else {
            writeRemark(line);
        }
    }

    /** Write a remark that is JSON in any case. */
    public void event(Json event) {
        writeRemark(event.toString());
    }

    private synchronized void writeRemark(String line) {
        clearStatus();
        writeErr(redactor.hide(line) + "\n");
    }

    /** Write where an error comes from, if the user asked for traces. */
    public void trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        remark(text.toString().stripTrailing());
    }

    /** Show {@code line} in place of the previous status. */
    public synchronized void status(String line) {
        statusShown = true;
        writeErr(CLEAR_LINE + CUT_AT_EDGE + redactor.hide(line) + WRAP_AT_EDGE);
    }

    /** Remove the status. */
    public synchronized void clearStatus() {
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
            // There is nowhere left to complain; the exit code still reports the failure.
        }
    }
}
