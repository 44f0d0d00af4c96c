package dev.kloset.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of excludes, and paths to test: a table of lines that are easily misread, and any number of generated ones. */
final class ExcludeCases {

    /** Lines that apply together, and paths; those of directories end with a slash. */
    record Case(List<String> lines, List<String> paths) {}

    private static final List<String> NASTY_LINES = List.of("", "#", "#a", "\\#a", "\\\\#a", "!", "!!a", "\\!a", "!#a",
            "/", "//", "///", "!/", "/a", "a/", "/a/", "//a", "a//b", "a//", "a/b", "a/b/", "/a/b", "*", "**", "***",
            "*/", "**/", "/*", "/**", "/**/", "**/**", "**/a", "**/a/", "/**/a", "a/**", "a/**/", "a/**/b", "a/**/b/",
            "a/**/**/b", "**/a/b", "**/a/**", "**/a/**/b", "**//a", "a/**/*", "**/*/a", "*/*", "*/a", "a/*", "a/*/b",
            "a**", "**a", "a**b", "a**/b", "a/b**", "a/**b/c", "?", "??", "???", "????", "*?", "*??", "*???", "*????",
            "[a]", "[ab]", "[a-c]", "[c-a]", "[!a]", "[^a]", "[^]", "[]", "[]]", "[]a]", "[^]a]", "[a", "[a-]", "[-a]",
            "[a-b-c]", "[\\]]", "[\\]", "[a\\]", "[\\-]", "[*]", "[?]", "[[]", "[a*b]", "[a]*[", "a*[", "*[", "[/]",
            "a[/]b", "[[:alpha:]]", "[à-ü]", "[^é]", "[€]", "[\uFFFD]", "[^\uFFFD]", "*[\uFFFD]", "é", "?é", "*é", "€",
            "𐍈", "*𐍈?", "\\a", "\\*", "\\?", "\\[a]", "\\\\", "\\", "a\\", "a/\\", "a\\/b", " ", "  ", " a", "a ",
            "a  ", "a\\ ", "a\\  ", "a\\\\ ", "a\\\\\\ ", "a \\ ", "a\r", "a \r", "a\r\r", "a\r ", "a\t", "! a", "!a ",
            "!a\\\\ ", "a\\ /", "a /", "#a/", "{a,b}", "a|b", "(a)", "a+", "$a", "^a", ".", "..", "a/.", "a/../b", "~",
            "a\nb", "*\n");

    private static final List<String> NASTY_PATHS = List.of("/a", "/a/", "/b", "/a/b", "/a/b/", "/a/b/c", "/b/a",
            "/b/a/", "/a/a", "/a/x/b", "/a/x/y/b", "/x/a/b", "/a/x/a/b", "/x/a/x/b", "/a/b/a/b", "/ab", "/aab", "/a/ab",
            "/a/ab/c", "/c/d/e/f/", "/é", "/aé", "/€", "/𐍈", "/a𐍈b", "/éé", "/\uFFFD", "/ ", "/ a", "/a ", "/a  ",
            "/a\\", "/a\\ ", "/\\", "/\\a", "/*", "/**", "/?", "/[a]", "/[", "/]", "/-", "/!", "/!a", "/#a", "/#",
            "/\\#a", "/^", "/a\r", "/a\t", "/a\nb", "/{a,b}", "/a|b", "/(a)", "/a+", "/$a", "/^a", "/~", "/...",
            "/[:alpha:]", "/a*b", "/A");

    private static final List<String> LETTERS = List.of("a", "b", "c", "é", "€", "𐍈", " ", "-", "!", "#", ".", "\\",
            "[", "]", "^", "*", "?");
    private static final List<String> GLOBS = List.of("*", "?", "**", "[ab]", "[^a]", "[!a]", "[a-c]", "[à-ü]", "[",
            "[]", "\\*", "\\\\", "\\[", "\\", "***");
    private static final List<String> ENDS = List.of(" ", "  ", "\\ ", "\\\\ ", "\r", " \r", "/ ");
    private static final int MAX_LINES = 5;
    private static final int PATHS_OF_A_CASE = 20;

    private final Random random;

    ExcludeCases(long seed) {
        this.random = new Random(seed);
    }

    /** {@return every tricky line alone, and before and after other lines, with every tricky path} */
    static Stream<Case> nasty() {
        return NASTY_LINES.stream()
                .flatMap(line -> Stream.of(List.of(line), List.of("*", "!" + line), List.of(line, "!b"),
                        List.of("!a", line), List.of("a", "!**/b", line)))
                .map(lines -> new Case(lines, NASTY_PATHS));
    }

    Stream<Case> generated(int count) {
        return Stream.generate(this::generated).limit(count);
    }

    private Case generated() {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(MAX_LINES); i >= 0; i--) {
            lines.add(line());
        }
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < PATHS_OF_A_CASE; i++) {
            paths.add(random.nextBoolean() ? path() : pathLike(lines.get(random.nextInt(lines.size()))));
        }
        return new Case(lines, paths);
    }

    private String line() {
        return (chance(3) ? "!" : "") + (chance(4) ? "/" : "")
                + Stream.generate(this::linePart).limit(1L + random.nextInt(4)).collect(Collectors.joining("/"))
                + (chance(4) ? "/" : "") + (chance(10) ? oneOf(ENDS) : "");
    }

    private String linePart() {
        if (chance(5)) {
            return "**";
        }
        return Stream
                .generate(() -> chance(3) ? oneOf(GLOBS) : oneOf(LETTERS.subList(0, chance(8) ? LETTERS.size() : 6)))
                .limit(1L + random.nextInt(3))
                .collect(Collectors.joining());
    }

    private String path() {
        return "/" + Stream.generate(this::name).limit(1L + random.nextInt(5)).collect(Collectors.joining("/"))
                + (random.nextBoolean() ? "/" : "");
    }

    private String name() {
        return Stream.generate(() -> oneOf(LETTERS.subList(0, chance(8) ? LETTERS.size() : 3)))
                .limit(1L + random.nextInt(3))
                .collect(Collectors.joining());
    }

    /** {@return a path that the line may match} */
    private String pathLike(String line) {
        String path = Arrays.stream(line.split("/"))
                .map(part -> part.equals("**")
                        ? path().substring(1).replaceFirst("/$", "")
                        : part.replaceFirst("^!", "")
                                .replaceAll("\\[.*?]", oneOf(LETTERS.subList(0, 3)))
                                .replace("?", oneOf(LETTERS.subList(0, 6)))
                                .replace("*", chance(3) ? "" : name())
                                .replace("\\", ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
        return path.isEmpty()
                ? path()
                : "/" + path + (chance(3) ? "/" + name() : "") + (random.nextBoolean() ? "/" : "");
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String oneOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
