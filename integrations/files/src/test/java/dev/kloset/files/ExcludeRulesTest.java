package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the host are in the resource that {@link #readTheAnswersOfTheHost} reads. */
class ExcludeRulesTest {

    private record Answers(List<String> lines, BigInteger excluded) {}

    private static final List<String> PATHS = new ArrayList<>();
    private static final List<Answers> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void readTheAnswersOfTheHost() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ExcludeRulesTest.class.getResourceAsStream("excludes-of-the-host.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    PATHS.add(line);
                }
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                List<String> fields = Arrays.asList(line.split("\t", -1));
                ANSWERS.add(new Answers(fields.subList(0, fields.size() - 1), new BigInteger(fields.getLast(), 16)));
            }
        }
        assertThat(PATHS.size() * ANSWERS.size()).isGreaterThan(80_000);
    }

    @Test
    void nothingIsLeftOutThatTheHostKeeps() {
        List<String> lost = new ArrayList<>();
        for (Answers answers : ANSWERS) {
            ExcludeRules rules = ExcludeRules.of(answers.lines());
            for (int i = 0; i < PATHS.size(); i++) {
                if (isLeftOut(rules, PATHS.get(i)) && !answers.excluded().testBit(i)) {
                    lost.add(PATHS.get(i) + " under " + answers.lines());
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void whereEveryLineIsReadAlikeTheAnswersAreTheSame() {
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (Answers answers : ANSWERS) {
            if (!answers.lines().stream().allMatch(ExcludeRulesTest::isReadAlike)) {
                continue;
            }
            ExcludeRules rules = ExcludeRules.of(answers.lines());
            for (int i = 0; i < PATHS.size(); i++) {
                compared++;
                if (isExcluded(rules, PATHS.get(i)) != answers.excluded().testBit(i)) {
                    different.add(PATHS.get(i) + " under " + answers.lines());
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(20_000);
    }

    private static boolean isReadAlike(String line) {
        return line.startsWith("#") || ExcludePattern.parse(line.stripTrailing()).isReadAlike();
    }

    /** As the walk does: a path is not reached below a directory that is not entered. */
    private static boolean isLeftOut(ExcludeRules rules, String path) {
        for (int slash = path.indexOf('/', 1); slash > 0 && slash < path.length() - 1; slash = path.indexOf('/',
                slash + 1)) {
            String above = path.substring(0, slash);
            if (rules.exclude(above, true) && !rules.mayKeepBelow(above)) {
                return true;
            }
        }
        return isExcluded(rules, path);
    }

    private static boolean isExcluded(ExcludeRules rules, String path) {
        boolean isDirectory = path.endsWith("/");
        return rules.exclude(isDirectory ? path.substring(0, path.length() - 1) : path, isDirectory);
    }

    @Test
    void theUsualLinesAreReadAlike() {
        for (String line : List.of("*.log", "node_modules", "node_modules/", "/var/cache", "/home/*/.cache/",
                "**/target",
                "**/target/", "**/.cache/**", "/proc/**", "**/frontend/*", "a/**/b", "*.py[co]", "!*.jpg", "*", "*~",
                "!/home/user/keep", ".DS_Store", "file with blanks", "c++", "{x}")) {
            assertThat(isReadAlike(line)).as(line).isTrue();
        }
    }

    @Test
    void linesThatTheHostReadsInItsOwnWayAreLeftToTheHost() {
        for (String line : List.of("[!a]*", "[[:alpha:]]", "**/a/b", "a/**/b/", "/**", "a//b", "a**b/c", "\\#x", "x\\ ",
                "!!x", "[z")) {
            assertThat(isReadAlike(line)).as(line).isFalse();
            assertThat(ExcludeRules.of(List.of(line)).exclude("/x", true)).as(line).isFalse();
        }
    }

    @Test
    void anExcludedDirectoryIsEnteredOnlyForWhatMayHaveToBeKept() {
        ExcludeRules rules = ExcludeRules.of(List.of("/home/*", "/srv", "!/home/user/keep"));
        assertThat(rules.mayKeepBelow("/home/user")).isTrue();
        assertThat(rules.mayKeepBelow("/home/other")).isFalse();
        assertThat(rules.mayKeepBelow("/srv")).isFalse();
        assertThat(ExcludeRules.of(List.of("!keep", "drop")).mayKeepBelow("/drop")).isFalse();
        assertThat(ExcludeRules.of(List.of("drop", "!keep")).mayKeepBelow("/drop")).isTrue();
    }

    @Test
    void theWalkLeavesOutWhatIsExcludedAndKeepsItsSiblings(@TempDir Path root) throws Exception {
        for (String file : List.of("ui/frontend/app.js", "ui/frontend/index.html", "ui/frontend/vendor.js", "ui/README",
                "node_modules/react/index.js", "a.log", "b.txt", "main.go")) {
            Path path = root.resolve(file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file);
        }
        assertThat(walk(root, "**/frontend/*", "!**/frontend/index.html", "node_modules/", "*.log")).containsExactly(
                "b.txt", "main.go", "ui", "ui/README", "ui/frontend", "ui/frontend/index.html");
    }

    @Test
    void somethingKeptInsideAnExcludedDirectoryIsFound(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("drop/deep/keep"));
        Files.writeString(root.resolve("drop/deep/keep/f"), "x");
        Files.writeString(root.resolve("drop/deep/g"), "x");
        assertThat(walk(root, "drop", "!keep")).containsExactly("drop/deep/keep", "drop/deep/keep/f");
    }

    @Test
    void aRuleMayExcludeTheRootItselfOrADirectoryInIt(@TempDir Path root) throws Exception {
        Path secret = Files.createDirectory(root.resolve("secret"));
        Files.createFile(secret.resolve("f"));
        assertThat(walk(root, "secret/", "!/elsewhere")).isEmpty();
        assertThat(walk(root, root.toString(), "!/elsewhere")).isEmpty();
    }

    private static List<String> walk(Path root, String... excludes) throws IOException, InterruptedException {
        return WalkCollector.of(WalkCollector.importer(root.toString(), Map.of(),
                options -> options.excludes(List.of(excludes)))).pathsBelow(root);
    }
}
