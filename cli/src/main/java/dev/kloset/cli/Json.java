package dev.kloset.cli;

import java.util.List;

/** Writes one JSON object, on one line, in the order of putting. */
final class Json {

    private final StringBuilder text = new StringBuilder("{");

    private Json() {}

    static Json object() {
        return new Json();
    }

    Json put(String key, String value) {
        return raw(key, quote(value));
    }

    Json put(String key, long value) {
        return raw(key, Long.toString(value));
    }

    Json put(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    /** Put a number rounded to three digits after the point; what is no number becomes 0. */
    Json put(String key, double value) {
        return raw(key, Double.isFinite(value) ? Double.toString(Math.rint(value * 1000) / 1000) : "0");
    }

    Json put(String key, List<String> values) {
        return raw(key, "[" + String.join(",", values.stream().map(Json::quote).toList()) + "]");
    }

    private Json raw(String key, String value) {
        text.append(text.length() > 1 ? "," : "").append(quote(key)).append(':').append(value);
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private static String quote(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> append(quoted, value, i);
            }
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, String value, int at) {
        char c = value.charAt(at);
        // Half a surrogate pair has no bytes in UTF-8, but it has an escape.
        if (c < ' ' || c == 0x7F || isHalf(value, at)) {
            quoted.append("\\u%04x".formatted((int) c));
        } else {
            quoted.append(c);
        }
    }

    private static boolean isHalf(String value, int at) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
