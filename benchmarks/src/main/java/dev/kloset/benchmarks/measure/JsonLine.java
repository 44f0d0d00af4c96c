package dev.kloset.benchmarks.measure;

import dev.kloset.internal.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** One line of JSON, as {@link ResultFiles} writes it: texts, numbers and lists of numbers. */
record JsonLine(Map<String, Object> values) {

    static JsonLine of(String line) {
        return new JsonLine(JsonReader.object(line));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return value(name, String.class);
    }

    double number(String name) {
        return value(name, Number.class).doubleValue();
    }

    DoubleStream numbers(String name) {
        List<?> list = value(name, List.class);
        return list.stream().mapToDouble(each -> ((Number) each).doubleValue());
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("the line has no \"" + name + "\" that is a " + type.getSimpleName()
                    + ": it has " + values.keySet());
        }
        return type.cast(value);
    }
}
