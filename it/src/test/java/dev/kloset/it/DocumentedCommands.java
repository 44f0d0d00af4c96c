package dev.kloset.it;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows which commands, options, goals, modules and tests exist, and says what is wrong with a command line. */
final class DocumentedCommands {

    /** Those of which a sentence may quote a command line. */
    static final Set<String> OURS = Set.of("./kloset", "kloset", "mvn", "prove", "it/interop/run", "benchmarks/run",
            "docs/site/build", "$packaging", "build-support/set-version", "build-support/bundle-trial",
            "build-support/release-trial");

    private static final Set<String> OTHERS = Set.of("plakar", "cd", "rm", "mkdir", "jar", "jfr", "diff", "sha256sum",
            "echo", "printf", "ln", "test", "man", "source", "sed", "git", "curl", "java",
            "integrations/files/target/image/kloset-files",
            "NAME", "prove()");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]+)=.*", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--?[a-zA-Z][\\w-]*");
    /** Properties of our tests, which are no parameters of goals. */
    private static final Set<String> OF_TESTS = Set.of("kloset.update", "kloset.rounds");

    private final Map<String, Set<String>> options = new HashMap<>();
    private final String goals;
    private final String variables;
    private final Set<String> tests = new TreeSet<>();

    DocumentedCommands() throws IOException {
        Path reference = DocumentPage.ROOT.resolve("docs/reference");
        read(reference.resolve("kloset.md"), "");
        read(reference.resolve("packaging.md"), "$packaging ");
        options.put("kloset install", new HashSet<>(Set.of("-o", "-Dmaven", "-h", "--help"))); // of the script, not of its Java
        goals = Files.readString(reference.resolve("maven.md"));
        variables = Files.readString(reference.resolve("environment.md"));
        try (Stream<Path> all = Files.walk(DocumentPage.ROOT)) {
            all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .forEach(name -> tests.add(name.replace(".java", "")));
        }
    }

    /** The pages are made from the code, so they say which options there are. */
    private void read(Path page, String before) throws IOException {
        Set<String> current = new HashSet<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("## ")) {
                current = new HashSet<>(Set.of("-h", "--help"));
                options.put(before + line.substring(3), current);
            } else if (line.startsWith("| `-")) {
                Matcher names = OPTION.matcher(line.split(" \\| ", -1)[0].replace("[no-]", ""));
                while (names.find()) {
                    current.add(names.group());
                    if (line.contains("[no-]")) {
                        current.add(names.group().replace("--", "--no-"));
                    }
                }
            }
        }
    }

    /** {@return what is wrong with a command line; nothing if it is right} */
    List<String> faults(String line) {
        List<String> words = WORD.matcher(line)
                .results()
                .map(word -> word.group())
                .takeWhile(word -> !Set.of("#", "|", "||", "&&", ">").contains(word))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> faults = new ArrayList<>();
        while (!words.isEmpty() && ASSIGNMENT.matcher(words.getFirst()).matches()) {
            String variable = words.removeFirst().replaceFirst("(?s)=.*", "");
            if (variable.startsWith("KLOSET_") && !variables.contains("`" + variable + "`")) {
                faults.add("there is no variable " + variable);
            }
        }
        if (!words.isEmpty()) {
            String program = words.removeFirst();
            switch (program) {
                case "./kloset", "kloset" -> options("kloset", words, faults);
                case "$packaging" -> options("$packaging", words, faults);
                case "mvn" -> maven(words, faults);
                case "prove" -> prove(words, faults);
                default -> other(program, words, faults);
            }
        }
        return faults;
    }

    private void other(String program, List<String> words, List<String> faults) {
        boolean ours = OURS.contains(program);
        if (ours && !Files.isExecutable(DocumentPage.ROOT.resolve(program)) || !ours && !OTHERS.contains(program)) {
            faults.add("there is no " + program);
        }
        if (ours) {
            words.stream().filter(word -> word.startsWith("-Dtest=")).forEach(word -> tests(word, faults));
        }
    }

    private void options(String program, List<String> words, List<String> faults) {
        String command = program;
        while (!words.isEmpty() && options.containsKey(command + " " + words.getFirst())) {
            command += " " + words.removeFirst();
        }
        if (words.isEmpty() || words.getFirst().equals("help")) {
            return;
        }
        Set<String> known = options.get(command);
        String below = command + " ";
        if (known == null || options.keySet().stream().anyMatch(other -> other.startsWith(below))
                && !words.getFirst().startsWith("-")) {
            faults.add("there is no command " + command + " " + words.getFirst());
            return;
        }
        for (String word : words) {
            Matcher option = OPTION.matcher(word);
            if (option.lookingAt() && !known.contains(option.group())) {
                faults.add(command + " has no option " + option.group());
            }
        }
    }

    private void maven(List<String> words, List<String> faults) {
        boolean someTests = words.stream().anyMatch(word -> word.startsWith("-Dtest="));
        if (someTests && words.contains("-am") && !words.contains("-Dsurefire.failIfNoSpecifiedTests=false")) {
            faults.add("fails in the modules before, which have no such test: -Dsurefire.failIfNoSpecifiedTests=false");
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("kloset:") && !goals.contains("\n## " + word + "\n")) {
                faults.add("there is no goal " + word);
            } else if (word.startsWith("-Dkloset.")) {
                String property = word.substring(2).replaceFirst("=.*", "");
                if (!OF_TESTS.contains(property) && !goals.contains("`-D" + property + "`")) {
                    faults.add("there is no property " + property);
                }
            } else if (word.startsWith("-Dtest=")) {
                tests(word, faults);
            } else if (word.equals("-pl") && i + 1 < words.size()) {
                modules(words.get(i + 1), faults);
            }
        }
    }

    private void prove(List<String> words, List<String> faults) {
        modules(words.getFirst(), faults);
        tests(words.get(1), faults);
    }

    private static void modules(String names, List<String> faults) {
        for (String module : names.split(",", -1)) {
            if (!module.contains("NAME") && !Files.exists(DocumentPage.ROOT.resolve(module).resolve("pom.xml"))) {
                faults.add("there is no module " + module);
            }
        }
    }

    private void tests(String names, List<String> faults) {
        for (String name : names.replace("-Dtest=", "").replace("'", "").split(",", -1)) {
            String pattern = "glob:" + name.replaceFirst("#.*", "");
            if (!name.equals("NAME") && tests.stream()
                    .noneMatch(test -> FileSystems.getDefault().getPathMatcher(pattern).matches(Path.of(test)))) {
                faults.add("there is no test " + name);
            }
        }
    }
}
