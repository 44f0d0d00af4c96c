package dev.kloset.sdk.internal.log;

import dev.kloset.wire.stdio.StandardError;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What any code of the process prints to {@link System#err}, including stack traces and the loggers of libraries: whole lines,
 * without secrets. For all threads. A line waits for its end, which is a line feed or a carriage return; {@link #finish} writes
 * one that has none.
 */
public final class RedactedErrors extends OutputStream {

    /** A longer line is written in pieces. */
    private static final int MAX_BYTES = 1 << 16;
    /** How much of a piece is held back, in characters: a secret may have begun there. */
    private static final int HELD_BACK = 1 << 15;

    private static final RedactedErrors PROCESS = new RedactedErrors(SecretRedactor.ofThisProcess(),
            StandardError::write);

    private final SecretRedactor secrets;
    private final Consumer<byte[]> out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(); // guarded by this

    RedactedErrors(SecretRedactor secrets, Consumer<byte[]> out) {
        this.secrets = secrets;
        this.out = out;
    }

    /** Let everything that prints to {@link System#err} print here. Call it once; it takes microseconds. */
    public static void install() {
        System.setErr(new PrintStream(PROCESS, true, StandardCharsets.UTF_8));
    }

    /** Write a last line that has no end. */
    public static void finish() {
        PROCESS.end();
    }

    synchronized void end() {
        if (line.size() > 0) {
            write();
        }
    }

    @Override
    public synchronized void write(int one) {
        line.write(one);
        if (one == '\n' || one == '\r' || line.size() >= MAX_BYTES) {
            write();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void write() {
        byte[] whole = line.toByteArray();
        line.reset();
        if (whole.length < MAX_BYTES) {
            String text = new String(whole, StandardCharsets.UTF_8);
            String hidden = secrets.hide(text);
            // The very bytes, if there is nothing to hide: they may not be UTF-8.
            out.accept(text.equals(hidden) ? whole : hidden.getBytes(StandardCharsets.UTF_8));
            return;
        }
        int end = behindWholeCharacters(whole);
        String hidden = secrets.hide(new String(whole, 0, end, StandardCharsets.UTF_8));
        int cut = Math.max(0, hidden.length() - HELD_BACK);
        cut = cut < hidden.length() && Character.isLowSurrogate(hidden.charAt(cut)) ? cut - 1 : cut;
        out.accept(hidden.substring(0, cut).getBytes(StandardCharsets.UTF_8));
        line.writeBytes(hidden.substring(cut).getBytes(StandardCharsets.UTF_8));
        line.write(whole, end, whole.length - end);
    }

    private static int behindWholeCharacters(byte[] text) {
        int last = text.length - 1;
        while (last > 0 && (text[last] & 0xC0) == 0x80) {
            last--;
        }
        return (text[last] & 0x80) == 0 ? text.length : last;
    }
}
