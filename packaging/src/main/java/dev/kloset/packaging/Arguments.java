package dev.kloset.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Options of a command line, each {@code --name value}. Whoever has asked for all that it knows calls {@link #end}. */
final class Arguments {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Arguments() {}

    static Arguments parse(String[] args, int from) throws UsageException, IOException {
        List<String> words = new ArrayList<>();
        for (int i = from; i < args.length; i++) {
            if (args[i].startsWith("@")) {
                words.addAll(Files.readAllLines(Path.of(args[i].substring(1))));
            } else {
                words.add(args[i]);
            }
        }
        Arguments arguments = new Arguments();
        for (int i = 0; i < words.size(); i += 2) {
            String word = words.get(i);
            if (!word.startsWith("--") || word.length() == 2) {
                throw new UsageException("\"" + word + "\" is no option: all start with --");
            }
            if (i + 1 == words.size()) {
                throw new UsageException(word + " has no value");
            }
            arguments.values.computeIfAbsent(word.substring(2), key -> new ArrayList<>()).add(words.get(i + 1));
        }
        return arguments;
    }

    /** {@return all values of an option, in their order} */
    List<String> all(String option) {
        asked.add(option);
        return List.copyOf(values.getOrDefault(option, List.of()));
    }

    /** {@return the value; an empty one counts as absent, so that build files may pass what they do not have} */
    Optional<String> optional(String option) throws UsageException {
        List<String> all = all(option);
        if (all.size() > 1) {
            throw new UsageException("--" + option + " is given " + all.size() + " times");
        }
        return all.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    String text(String option) throws UsageException {
        return optional(option).orElseThrow(() -> new UsageException("--" + option + " is missing"));
    }

    Path path(String option) throws UsageException {
        return Path.of(text(option)).toAbsolutePath().normalize();
    }

    Optional<Path> optionalPath(String option) throws UsageException {
        return optional(option).map(value -> Path.of(value).toAbsolutePath().normalize());
    }

    boolean flag(String option) throws UsageException {
        String value = optional(option).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new UsageException("--" + option + " is true or false, not \"" + value + "\"");
        }
        return value.equals("true");
    }

    /** {@return the elements of a class path, absolute} */
    List<Path> paths(String option) throws UsageException {
        return Stream.of(text(option).split(File.pathSeparator, -1))
                .filter(element -> !element.isEmpty())
                .map(element -> Path.of(element).toAbsolutePath().normalize())
                .toList();
    }

    /** Refuse what nobody has asked for: an option with a typing error must not be ignored. */
    void end() throws UsageException {
        for (String option : values.keySet()) {
            if (!asked.contains(option)) {
                throw new UsageException("--" + option + " is no option of this command");
            }
        }
    }
}
