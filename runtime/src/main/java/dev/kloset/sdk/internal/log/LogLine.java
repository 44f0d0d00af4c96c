package dev.kloset.sdk.internal.log;

import dev.kloset.internal.JsonWriter;
import dev.kloset.support.Sentence;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event of the log. Its components are everything that the log ever writes. */
public record LogLine(Instant time, Level level, String logger, String connector, @Nullable String path, String message,
        @Nullable String stack) {

    /** {@return the event as words on one line} */
    String plain() {
        return level.name().toLowerCase(Locale.ROOT) + ": " + connector + (path == null ? "" : " " + path) + ": "
                + message
                + (stack == null ? "" : " [" + stack + "]");
    }

    /** {@return the event as one JSON object on one line} */
    String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        member(json, "time", time.toString());
        member(json, "level", level.name().toLowerCase(Locale.ROOT));
        member(json, "connector", connector);
        member(json, "path", path);
        member(json, "logger", logger);
        member(json, "message", message);
        member(json, "stack", stack);
        json.endObject();
        return out.toString();
    }

    private static void member(JsonWriter json, String name, @Nullable String value) {
        if (value != null) {
            json.name(name).text(value);
        }
    }

    /** {@return the stacks of {@code thrown} and its causes, on one line} */
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
