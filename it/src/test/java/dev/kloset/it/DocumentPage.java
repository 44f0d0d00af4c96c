package dev.kloset.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One document, as a reader of Markdown sees it. */
record DocumentPage(Path file, String text) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`]+)`(?!`)");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("<a id=\"([^\"]+)\">");

    static DocumentPage of(Path file) throws IOException {
        return new DocumentPage(file, Files.readString(file));
    }

    /** {@return all documents} Those below docs/site are copies, made by the generator. */
    static List<DocumentPage> all() throws IOException {
        List<DocumentPage> pages = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs")); Stream<Path> root = Files.list(ROOT)) {
            for (Path file : Stream.concat(docs, root)
                    .filter(file -> file.toString().endsWith(".md") && !file.startsWith(ROOT.resolve("docs/site")))
                    .toList()) {
                pages.add(of(file));
            }
        }
        return pages;
    }

    String name() {
        return ROOT.relativize(file).toString();
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    List<String> links() {
        return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
    }

    /** {@return what a link to this page may have behind its #} Named as on GitHub, which the site imitates. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        HEADING.matcher(prose()).results().forEach(heading -> {
            String anchor = anchor(heading.group(1));
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        NAMED.matcher(text).results().forEach(name -> anchors.add(name.group(1)));
        return anchors;
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** {@return the commands in fences, and those in sentences that begin with one of the words} Lines that continue are joined. */
    List<String> commands(Set<String> inSentences) {
        List<String> commands = new ArrayList<>();
        COMMANDS.matcher(text)
                .results()
                .flatMap(fence -> fence.group(1).replace("\\\n", " ").lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(commands::add);
        SPAN.matcher(prose())
                .results()
                .map(span -> span.group(1).replaceAll("\\s+", " "))
                .filter(span -> span.contains(" ") && inSentences.contains(span.split(" ", 2)[0]))
                .forEach(commands::add);
        return commands;
    }
}
