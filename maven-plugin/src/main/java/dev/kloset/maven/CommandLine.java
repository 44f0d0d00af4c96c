package dev.kloset.maven;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options for the packaging library. Options without a value are left out. */
final class CommandLine {

    private final List<String> lines = new ArrayList<>();

    /** Add one option. A text of several lines, as POMs contain them, becomes one line. */
    CommandLine with(String option, @Nullable Object value) {
        String text = value == null ? "" : value.toString().strip().replaceAll("\\s*\\R\\s*", " ");
        if (!text.isEmpty()) {
            lines.add("--" + option);
            lines.add(text);
        }
        return this;
    }

    CommandLine withAll(String option, @Nullable List<String> values) {
        if (values != null) {
            values.forEach(value -> with(option, value));
        }
        return this;
    }

    /** Add an option once for each word of a list separated by commas or spaces. */
    CommandLine withWords(String option, @Nullable String words) {
        return words == null ? this : withAll(option, List.of(words.strip().split("[,\\s]+", -1)));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
