package dev.kloset;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts and truths as JSON. */
final class JsonText {

    private JsonText() {}

    /** A number as it is written. */
    record Literal(String text) {}

    /** {@return {@code value} with a line for each member of each object} */
    static String lines(Object value) {
        return json(value, "");
    }

    /** {@return {@code value} in one line} */
    static String line(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.entrySet()
                    .stream()
                    .map(entry -> quoted(entry.getKey().toString()) + ":" + line(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(JsonText::line).collect(Collectors.joining(",", "[", "]"));
            default -> scalar(value);
        };
    }

    private static String json(Object value, String indent) {
        String inner = indent + "  ";
        return switch (value) {
            case Map<?, ?> map -> map.entrySet()
                    .stream()
                    .map(entry -> inner + quoted(entry.getKey().toString()) + ": " + json(entry.getValue(), inner))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case List<?> list -> list.stream()
                    .map(each -> json(each, inner))
                    .collect(Collectors.joining(", ", "[", "]"));
            default -> scalar(value);
        };
    }

    private static String scalar(Object value) {
        return switch (value) {
            case Boolean truth -> truth.toString();
            case Literal literal -> literal.text();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append("\\u").append(String.format("%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
