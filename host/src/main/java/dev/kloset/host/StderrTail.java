package dev.kloset.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Passes a plugin's standard error on line by line, and keeps the last lines for messages. Runs on a thread of its own. */
final class StderrTail {

    private static final int KEPT_LINES = 8;
    /** A process elsewhere may hold the pipe open forever. */
    private static final Duration LAST_LINES = Duration.ofMillis(500);
    /** Longer lines are passed on in pieces: a plugin that writes no line ends must not fill our memory. */
    private static final int PIECE = 8 * 1024;
    /** How many characters are held back until more of the line is known: a secret may have begun in them. */
    private static final int HELD_BACK = 8 * 1024;

    private final UnaryOperator<String> hiding;
    private final Consumer<String> listener;
    private final Deque<String> lines = new ArrayDeque<>(); // guarded by itself
    private final Thread thread;

    StderrTail(String name, InputStream stderr, Consumer<String> listener) {
        this(name, stderr, UnaryOperator.identity(), listener);
    }

    StderrTail(String name, InputStream stderr, UnaryOperator<String> hiding, Consumer<String> listener) {
        this.hiding = hiding;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("stderr of " + name).start(() -> pump(stderr));
    }

    private void pump(InputStream stderr) {
        // Malformed bytes become U+FFFD: whatever the plugin writes, its other lines must come through.
        try (Reader reader = new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                }
                if (c == '\n' && line.isEmpty()) {
                    take("");
                } else if (c == '\n') {
                    takePieces(line, 0);
                } else if (line.length() == PIECE + HELD_BACK) {
                    takePieces(line, HELD_BACK);
                }
            }
            if (!line.isEmpty()) {
                takePieces(line, 0);
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it.
        }
    }

    /** Hide the secrets of {@code line}, pass it on, and leave the last {@code held} characters in it. */
    private void takePieces(StringBuilder line, int held) {
        String hidden = hidden(line);
        int last = between(hidden, Math.max(0, hidden.length() - held));
        int at = 0;
        while (at < last) {
            int end = between(hidden, Math.min(last, at + PIECE));
            take(hidden.substring(at, end));
            at = end;
        }
        line.setLength(0);
        line.append(hidden, at, hidden.length());
    }

    /** {@return {@code at}, or the position before it if {@code at} is within a character} */
    private static int between(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private String hidden(StringBuilder line) {
        try {
            return hiding.apply(line.toString());
        } catch (RuntimeException | Error e) {
            System.getLogger("dev.kloset.host").log(System.Logger.Level.WARNING, "a line of standard error is lost", e);
            return "";
        }
    }

    private void take(String line) {
        String text = line.stripTrailing();
        synchronized (lines) {
            if (lines.size() == KEPT_LINES) {
                lines.removeFirst();
            }
            lines.addLast(text);
        }
        try {
            listener.accept(text);
        } catch (RuntimeException | Error e) {
            // If this thread stopped reading, the plugin would block on a full pipe.
            System.getLogger("dev.kloset.host").log(System.Logger.Level.WARNING, "a line of standard error is lost", e);
        }
    }

    /** Give the pipe a moment to run empty, after the process has ended. */
    void drain() throws InterruptedException {
        thread.join(LAST_LINES);
    }

    /** {@return the last lines, joined, after giving the pipe a moment to run empty} Call it after the process has ended. */
    String last() throws InterruptedException {
        drain();
        synchronized (lines) {
            return String.join(" | ", lines.stream().filter(line -> !line.isBlank()).toList());
        }
    }
}
