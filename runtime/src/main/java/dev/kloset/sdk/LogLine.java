package dev.kloset.sdk;

import dev.kloset.support.Sentence;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event of the log. A record whose components are all that is ever written. */
record LogLine(Instant time, Level level, String logger, String connector, @Nullable String path, String message,
        @Nullable String stack) {

    /** {@return the event as words on one line} */
    String plain() {
        return level.name().toLowerCase(Locale.ROOT) + ": " + connector + (path == null ? "" : " " + path) + ": "
                + message
                + (stack == null ? "" : " [" + stack + "]");
    }

    /** {@return the event as one JSON object on one line} */
    String json() {
        StringBuilder json = new StringBuilder("{");
        field(json, "time", time.toString());
        field(json, "level", level.name().toLowerCase(Locale.ROOT));
        field(json, "connector", connector);
        field(json, "path", path);
        field(json, "logger", logger);
        field(json, "message", message);
        field(json, "stack", stack);
        return json.append('}').toString();
    }

    private static void field(StringBuilder json, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        json.append(json.length() > 1 ? ",\"" : "\"").append(name).append("\":");
        quoted(json, value);
    }

    /** {@return {@code json} with {@code value} added as a string} */
    static StringBuilder quoted(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    /** {@return where {@code thrown} and its causes come from, on one line} */
    static String stack(Throwable thrown) {
        StringBuilder stack = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 5; depth++) {
            stack.append(depth == 0 ? "" : " caused by ").append(cause.getClass().getName());
            String message = depth == 0 ? null : cause.getMessage();
            if (message != null) {
                stack.append(": ").append(Sentence.of(message));
            }
            for (StackTraceElement element : cause.getStackTrace()) {
                stack.append(" at ").append(element);
            }
            cause = cause.getCause();
        }
        return stack.toString();
    }
}
