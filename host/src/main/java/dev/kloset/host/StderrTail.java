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

/** Passes a plugin's standard error on line by line, and keeps the last lines for messages. Runs on a thread of its own. */
final class StderrTail {

    private static final int KEPT_LINES = 8;
    /** A longer line is passed on in pieces: a plugin that writes no line ends must not fill our memory. */
    private static final int MAX_LINE = 8 * 1024;

    private final Consumer<String> listener;
    private final Deque<String> lines = new ArrayDeque<>(); // guarded by itself
    private final Thread thread;

    StderrTail(String name, InputStream stderr, Consumer<String> listener) {
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("stderr of " + name).start(() -> pump(stderr));
    }

    private void pump(InputStream stderr) {
        // Malformed bytes become U+FFFD: whatever the plugin writes, its other lines must get through.
        try (Reader reader = new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                }
                if (c == '\n' || line.length() == MAX_LINE) {
                    take(line);
                }
            }
            if (!line.isEmpty()) {
                take(line);
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it.
        }
    }

    private void take(StringBuilder line) {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        synchronized (lines) {
            if (lines.size() == KEPT_LINES) {
                lines.removeFirst();
            }
            lines.addLast(text);
        }
        try {
            listener.accept(text);
        } catch (RuntimeException | Error e) {
            // The plugin would block on a full pipe if nobody read on.
            System.getLogger("dev.kloset.host").log(System.Logger.Level.WARNING, "a line of standard error is lost", e);
        }
    }

    /** {@return the last lines, joined, after giving the pipe a moment to run empty} For a process that has ended. */
    String last() throws InterruptedException {
        thread.join(Duration.ofMillis(500));
        synchronized (lines) {
            return String.join(" | ", lines.stream().filter(line -> !line.isBlank()).toList());
        }
    }
}
