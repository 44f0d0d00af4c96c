package dev.kloset.internal;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON part by part: the one place of the SDK that knows what JSON escapes. Its output can always be encoded in UTF-8, and
 * has no line breaks but those of {@link #lines}. For one thread at a time.
 */
public final class JsonWriter {

    /** Characters of texts that are escaped although JSON does not require it. */
    public enum Escape {
        /** Line feed, carriage return and tab, with letters instead of numbers. */
        LETTERS,
        /** The character {@code DEL}, which some terminals act on. */
        DELETE,
        /** Characters beyond 16 bits, as their two surrogates. */
        PAIRS
    }

    /** A part of a tree that is JSON already, such as a number as its author wrote it. */
    public record Literal(String json) {}

    private final StringBuilder out;
    private final Set<Escape> escapes;
    private final boolean lines;
    private boolean more; // whether a part of the innermost object or array has been written
    private int depth;

    private JsonWriter(StringBuilder out, Set<Escape> escapes, boolean lines) {
        this.out = out;
        this.escapes = escapes;
        this.lines = lines;
    }

    /** {@return a writer that adds to {@code out}, all on one line} */
    public static JsonWriter to(StringBuilder out, Escape... escapes) {
        return new JsonWriter(out, Set.of(escapes), false);
    }

    /**
     * {@return {@code tree} on one line}
     *
     * @param tree as {@link #value} takes it
     */
    public static String line(Object tree, Escape... escapes) {
        StringBuilder out = new StringBuilder(128);
        to(out, escapes).value(tree);
        return out.toString();
    }

    /**
     * {@return {@code tree} with a line for each member of each object}
     *
     * @param tree as {@link #value} takes it
     */
    public static String lines(Object tree, Escape... escapes) {
        StringBuilder out = new StringBuilder();
        new JsonWriter(out, Set.of(escapes), true).value(tree);
        return out.toString();
    }

    /** {@return {@code text} as a string of JSON} */
    public static String quoted(String text, Escape... escapes) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        to(out, escapes).text(text);
        return out.toString();
    }

    /** Begin an object. */
    public JsonWriter object() {
        return begin(lines ? "{\n" : "{");
    }

    /** End the innermost object. */
    public JsonWriter endObject() {
        depth--;
        if (lines) {
            out.append('\n').append("  ".repeat(depth));
        }
        return end('}');
    }

    /** Begin an array. */
    public JsonWriter array() {
        return begin("[");
    }

    /** End the innermost array. */
    public JsonWriter endArray() {
        depth--;
        return end(']');
    }

    /** Write the name of a member of an object; its value comes next. */
    public JsonWriter name(String name) {
        if (lines) {
            out.append(more ? ",\n" : "").append("  ".repeat(depth));
        } else if (more) {
            out.append(',');
        }
        quote(name);
        out.append(lines ? ": " : ":");
        more = false;
        return this;
    }

    /** Write a string. */
    public JsonWriter text(String text) {
        separate();
        quote(text);
        more = true;
        return this;
    }

    /** Write a number. */
    public JsonWriter number(long number) {
        return raw(Long.toString(number));
    }

    /**
     * Write a number.
     *
     * @throws IllegalArgumentException if it is not a number or infinite: JSON has no word for those
     */
    public JsonWriter number(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number " + number);
        }
        return raw(Double.toString(number));
    }

    /** Write {@code true} or {@code false}. */
    public JsonWriter truth(boolean truth) {
        return raw(Boolean.toString(truth));
    }

    /** Write a value that is JSON already. */
    public JsonWriter raw(CharSequence json) {
        separate();
        out.append(json);
        more = true;
        return this;
    }

    /**
     * Write a tree of maps, lists, numbers, truth values, literals and nulls; anything else becomes a string with its text. The
     * order is that of the maps.
     */
    public JsonWriter value(@Nullable Object tree) {
        return switch (tree) {
            case null -> raw("null");
            case Map<?, ?> map -> {
                object();
                map.forEach((key, value) -> name(String.valueOf(key)).value(value));
                yield endObject();
            }
            case List<?> list -> {
                array();
                list.forEach(this::value);
                yield endArray();
            }
            case Number number -> raw(number.toString());
            case Boolean truth -> truth(truth);
            case Literal literal -> raw(literal.json());
            default -> text(tree.toString());
        };
    }

    private JsonWriter begin(String bracket) {
        separate();
        out.append(bracket);
        more = false;
        depth++;
        return this;
    }

    private JsonWriter end(char bracket) {
        out.append(bracket);
        more = true;
        return this;
    }

    private void separate() {
        if (more) {
            out.append(lines ? ", " : ",");
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                control(c);
            } else if (c == 0x7F ? escapes.contains(Escape.DELETE) : escaped(text, i)) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void control(char c) {
        int letter = escapes.contains(Escape.LETTERS) ? "\n\r\t".indexOf(c) : -1;
        if (letter < 0) {
            escape(c);
        } else {
            out.append('\\').append("nrt".charAt(letter));
        }
    }

    private void escape(char c) {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
    }

    /** {@return whether it is half a surrogate pair, which UTF-8 cannot encode, or one of a pair that is to be escaped} */
    private boolean escaped(String text, int at) {
        char c = text.charAt(at);
        if (!Character.isSurrogate(c) || escapes.contains(Escape.PAIRS)) {
            return Character.isSurrogate(c);
        }
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
}
