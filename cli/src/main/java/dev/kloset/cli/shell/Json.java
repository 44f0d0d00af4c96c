package dev.kloset.cli.shell;

import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.JsonWriter.Escape;
import java.util.List;
import java.util.Map;

/** Writes one JSON object on one line, with its keys in the order of the calls. */
public final class Json {

    private final StringBuilder text = new StringBuilder();
    private final JsonWriter writer = JsonWriter.to(text, Escape.LETTERS, Escape.DELETE).object();

    private Json() {}

    public static Json object() {
        return new Json();
    }

    public Json put(String key, String value) {
        writer.name(key).text(value);
        return this;
    }

    public Json put(String key, long value) {
        writer.name(key).number(value);
        return this;
    }

    public Json put(String key, boolean value) {
        writer.name(key).truth(value);
        return this;
    }

    /** Put a number rounded to three decimal places. Infinity and NaN become 0. */
    public Json put(String key, double value) {
        writer.name(key);
        if (Double.isFinite(value)) {
            writer.number(Math.rint(value * 1000) / 1000);
        } else {
            writer.number(0);
        }
        return this;
    }

    public Json put(String key, List<String> values) {
        writer.name(key).value(values);
        return this;
    }

    public Json put(String key, Map<String, ?> values) {
        writer.name(key).value(values);
        return this;
    }

    public Json putObjects(String key, List<? extends Map<String, ?>> values) {
        writer.name(key).value(values);
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
