package dev.kloset.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One flat line of JSON, as {@link ResultFiles} writes it: texts without quotation marks, numbers, lists of numbers. */
record JsonLine(Map<String, String> values) {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|\\[([^]]*)]|([^,}]+))");

    static JsonLine of(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            for (int group = 2; group <= 4; group++) {
                if (field.group(group) != null) {
                    values.put(field.group(1), field.group(group));
                }
            }
        }
        return new JsonLine(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the line has no \"" + name + "\": it has " + values.keySet());
        }
        return value;
    }
}
