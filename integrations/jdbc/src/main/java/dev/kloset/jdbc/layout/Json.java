package dev.kloset.jdbc.layout;

import dev.kloset.internal.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON files of a snapshot: maps, lists, texts, whole numbers and truth values. */
final class Json {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static String write(Map<String, Object> object) {
        return JsonWriter.lines(object) + "\n";
    }

    static Map<String, Object> read(byte[] file) throws IOException {
        Json json = new Json(new String(file, StandardCharsets.UTF_8));
        Map<String, Object> object = json.object();
        json.space();
        if (json.at < json.text.length()) {
            throw json.fault("something after the object");
        }
        return object;
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        begin('{');
        while (!ends('}', map.isEmpty())) {
            String key = string();
            expect(':');
            map.put(key, value());
        }
        return map;
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        begin('[');
        while (!ends(']', list.isEmpty())) {
            list.add(value());
        }
        return list;
    }

    private void begin(char bracket) throws IOException {
        expect(bracket);
        if (++depth > MAX_DEPTH) {
            throw fault("too many brackets");
        }
    }

    private boolean ends(char bracket, boolean first) throws IOException {
        if (peek() == bracket) {
            at++;
            depth--;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private Object value() throws IOException {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Object word() throws IOException {
        int start = at;
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException _) {
            throw fault("no value");
        }
    }

    private String string() throws IOException {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() throws IOException {
        char c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt("" + take() + take() + take() + take(), 16);
            default -> c;
        };
    }

    private char take() throws IOException {
        if (at >= text.length()) {
            throw fault("an end in the middle");
        }
        return text.charAt(at++);
    }

    private char peek() {
        space();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char wanted) throws IOException {
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

    private IOException fault(String what) {
        return new IOException("there is " + what + " at character " + (at + 1) + ": the file was changed");
    }
}
