package dev.kloset.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link JsonWriter} writes, on one line or several: objects, lists, texts, numbers and truth values, but no null. */
public final class JsonReader {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * {@return the object in a text}
     *
     * @throws IllegalArgumentException if the text is not an object
     */
    public static Map<String, Object> object(String text) {
        JsonReader json = new JsonReader(text);
        Map<String, Object> object = json.object();
        json.space();
        if (json.at < text.length()) {
            throw json.fault("something after the object");
        }
        return object;
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        enter();
        while (!next('}', map.isEmpty())) {
            String key = string();
            expect(':');
            map.put(key, value());
        }
        depth--;
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        enter();
        while (!next(']', list.isEmpty())) {
            list.add(value());
        }
        depth--;
        return list;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw fault("more than " + MAX_DEPTH + " objects in one another");
        }
    }

    /** {@return whether the object or list ends here} If not, its next part follows. */
    private boolean next(char end, boolean first) {
        if (peek() == end) {
            at++;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Object word() {
        int start = at;
        while (at < text.length() && ",]} \r\n\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        try {
            if (word.matches("-?\\d+")) {
                return Long.valueOf(word);
            }
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw fault("\"" + word + "\" is not a value");
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        try {
            int code = Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return (char) code;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw fault("a \\u without four digits");
        }
    }

    private char take() {
        if (at >= text.length()) {
            throw fault("the end in the middle");
        }
        return text.charAt(at++);
    }

    private char peek() {
        space();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw fault("no " + wanted);
        }
        at++;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("there is " + what + " at character " + (at + 1));
    }
}
