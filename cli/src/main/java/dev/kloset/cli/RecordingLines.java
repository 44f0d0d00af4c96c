package dev.kloset.cli;

import dev.kloset.wire.recording.RecordedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Prints a recorded session for people: one line per event, with its time and its call. */
final class RecordingLines {

    private static final int MAX_DETAILS = 400;

    private final Map<Integer, String> methods = new HashMap<>(); // the methods of the open calls
    private long events;
    private long calls;
    private long hostBytes;
    private long pluginBytes;
    private double seconds;

    String of(RecordedEvent event) {
        events++;
        seconds = event.seconds();
        if (event.event().equals("call")) {
            calls++;
            String method = event.text("method");
            methods.put(event.stream(), method.substring(method.lastIndexOf('/') + 1));
        }
        if (event.event().equals("message")) {
            hostBytes += event.fromHost() ? event.number("bytes") : 0;
            pluginBytes += event.fromHost() ? 0 : event.number("bytes");
        }
        String call = event.stream() == 0
                ? "connection"
                : methods.getOrDefault(event.stream(), "?") + " #" + event.stream();
        if (event.event().equals("reset") || event.event().equals("status")) {
            methods.remove(event.stream());
        }
        return String.format(Locale.ROOT, "%12.6f  %s %-14s %s", event.seconds(), event.fromHost() ? ">" : "<", call,
                what(event)).stripTrailing();
    }

    private static String what(RecordedEvent event) {
        return switch (event.event()) {
            case "message" -> event.number("bytes") + " bytes  " + details(event);
            case "status" -> "status " + event.number("code") + " " + event.text("text");
            case "reset" -> "reset " + event.text("error");
            case "half-close" -> "no more";
            case "goaway" -> "goaway " + event.text("error") + " " + event.text("text");
            case "end" -> "end: " + event.text("how");
            case "lost" -> "cannot be followed: " + event.text("why");
            default -> event.event();
        };
    }

    private static String details(RecordedEvent event) {
        StringJoiner words = new StringJoiner(" ");
        add(words, "", event.fields().getOrDefault("message", event.text("note")));
        String text = words.toString();
        return text.length() <= MAX_DETAILS ? text : text.substring(0, MAX_DETAILS) + " …";
    }

    private static void add(StringJoiner words, String name, Object value) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, part) -> {
                if (!key.equals("sha256")) {
                    add(words, name.isEmpty() ? String.valueOf(key) : name + "." + key, part);
                }
            });
            case List<?> list -> words.add(name + "=" + list);
            default -> words.add(name.isEmpty() ? value.toString() : name + "=" + value);
        }
    }

    String summary() {
        return String.format(Locale.ROOT, "%d calls, %d events in %.3f s; the host sent %d bytes, the plugin %d", calls,
                events, seconds, hostBytes, pluginBytes);
    }
}
