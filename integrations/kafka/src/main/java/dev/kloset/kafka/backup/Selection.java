package dev.kloset.kafka.backup;

import dev.kloset.exclude.Excludes;
import dev.kloset.kafka.layout.Layout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which topics and groups are backed up.
 *
 * @param only the topic in the location
 * @param topics names with {@code *} and {@code ?}; all if there is none
 * @param internal whether topics that Kafka keeps for itself are taken without being named
 */
record Selection(Optional<String> only, List<String> topics, List<String> groups, boolean internal,
        Excludes excludes) {

    /** {@return whether a topic is backed up; if not, nothing is asked about it} */
    boolean hasTopic(String name) {
        boolean isNamed = names().contains(name);
        boolean isOwn = name.startsWith("__");
        return only.map(name::equals).orElse(true) && (isNamed || matches(topics, name))
                && (isNamed || internal || !isOwn) && !excludes.prunes(Layout.topic(name));
    }

    /** {@return the topics that the user names without wildcards, and which must be there} */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        only.ifPresent(names::add);
        if (only.isEmpty()) {
            topics.stream().filter(name -> !isPattern(name)).forEach(names::add);
        }
        return names;
    }

    boolean hasGroup(String id) {
        return matches(groups, id) && !excludes.excludes(Layout.group(id), false);
    }

    /** {@return whether a file beside the topics is backed up} */
    boolean hasFile(String pathname) {
        return !excludes.excludes(pathname, false);
    }

    private static boolean isPattern(String name) {
        return name.contains("*") || name.contains("?");
    }

    private static boolean matches(List<String> patterns, String name) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            expression.append(letter == '*' ? ".*" : letter == '?' ? "." : Pattern.quote(String.valueOf(letter)));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
