package dev.kloset.exclude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The resource that {@link #readTheAnswersOfTheHost} reads has the host's answers; the interoperability suite asks the host's own
 * code about many more.
 */
class ExcludesTest {

    private record Answers(List<String> lines, BigInteger excluded) {}

    private static final List<String> PATHS = new ArrayList<>();
    private static final List<Answers> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void readTheAnswersOfTheHost() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ExcludesTest.class.getResourceAsStream("excludes-of-the-host.txt")),
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
    void theAnswersAreThoseOfTheHost() {
        List<String> different = new ArrayList<>();
        for (Answers answers : ANSWERS) {
            Excludes excludes = Excludes.of(answers.lines());
            for (int i = 0; i < PATHS.size(); i++) {
                if (isExcluded(excludes, PATHS.get(i)) != answers.excluded().testBit(i)) {
                    different.add(PATHS.get(i) + " under " + answers.lines());
                }
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void nothingIsPrunedThatTheHostKeeps() {
        List<String> lost = new ArrayList<>();
        int pruned = 0;
        for (Answers answers : ANSWERS) {
            Excludes excludes = Excludes.of(answers.lines());
            for (int i = 0; i < PATHS.size(); i++) {
                if (isPruned(excludes, PATHS.get(i))) {
                    pruned++;
                    if (!answers.excluded().testBit(i)) {
                        lost.add(PATHS.get(i) + " under " + answers.lines());
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
        assertThat(pruned).isGreaterThan(5_000);
    }

    private static boolean isExcluded(Excludes excludes, String path) {
        boolean isDirectory = path.endsWith("/");
        return excludes.excludes(isDirectory ? path.substring(0, path.length() - 1) : path, isDirectory);
    }

    private static boolean isPruned(Excludes excludes, String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (excludes.prunes(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({ //
        "*.log,           /a/b.log,       false, true", //
        "*.log,           /a/b.logs,      false, false", //
        "b.log,           /a/b.log/c,     false, true", //
        "cache/,          /x/cache,       true,  true", //
        "cache/,          /x/cache,       false, false", //
        "cache/,          /x/cache/y,     false, true", //
        "/top,            /top,           false, true", //
        "/top,            /x/top,         false, false", //
        "a/b,             /a/b/c,         false, true", //
        "a/b,             /x/a/b,         false, false", //
        "**/b,            /x/y/b,         false, true", //
        "**/b,            /b,             false, true", //
        "a/**/z,          /a/b/c/z,       false, true", //
        "a/**/z,          /a/b/c/y,       false, false", //
        "**/a/b,          /x/a/b,         false, true", //
        "**/a/b,          /a/x/a/b,       false, false", //
        "a/**,            /a,             true,  true", //
        "/**,             /a,             false, false", //
        "[a-c].txt,       /b.txt,         false, true", //
        "[!a-c].txt,      /!.txt,         false, true", //
        "[!a-c].txt,      /d.txt,         false, false", //
        "[^a-c].txt,      /d.txt,         false, true", //
        "[^a-c].txt,      /é.txt,         false, true", //
        "[à-ü].txt,       /é.txt,         false, true", //
        "?,               /€,             false, true", //
        "*??,             /€,             false, true", //
        "*????,           /€,             false, false", //
        "\\*.txt,         /*.txt,         false, true", //
        "\\*.txt,         /a.txt,         false, false", //
        "\\#x,            /#x,            false, true", //
        "a.b,             /axb,           false, false", //
        "(x|y)+,          /x,             false, false" })
    void linesAreReadAsTheHostReadsThem(String line, String pathname, boolean directory, boolean excluded) {
        assertThat(Excludes.of(List.of(line)).excludes(pathname, directory)).isEqualTo(excluded);
    }

    @Test
    void theLastLineThatMatchesDecides() {
        Excludes excludes = Excludes.of(List.of("*.log", "!keep.log", "/tmp/keep.log"));
        assertThat(excludes.excludes("/a/b.log", false)).isTrue();
        assertThat(excludes.excludes("/a/keep.log", false)).isFalse();
        assertThat(excludes.excludes("/tmp/keep.log", false)).isTrue();
    }

    @Test
    void commentsAndEmptyLinesExcludeNothingAndTrailingBlanksDoNotCount() {
        Excludes excludes = Excludes.of(List.of("", "# *", "a  ", "b\\\\ ", "c\r"));
        assertThat(excludes.excludes("/x", false)).isFalse();
        assertThat(excludes.excludes("/a", false)).isTrue();
        assertThat(excludes.excludes("/b ", false)).isTrue();
        assertThat(excludes.excludes("/c", false)).isTrue();
    }

    @Test
    void theRootOfEverythingIsNeverExcluded() {
        assertThat(Excludes.of(List.of("*")).excludes("/", true)).isFalse();
        assertThat(Excludes.of(List.of("*")).prunes("/")).isFalse();
    }

    @Test
    void anExcludedDirectoryIsListedOnlyForPathsThatAreTakenBack() {
        Excludes excludes = Excludes.of(List.of("/home/*", "/srv", "!/home/user/keep"));
        assertThat(excludes.prunes("/home")).isFalse();
        assertThat(excludes.prunes("/home/user")).isFalse();
        assertThat(excludes.excludes("/home/user", true)).isTrue();
        assertThat(excludes.prunes("/home/user/drop")).isTrue();
        assertThat(excludes.prunes("/home/other")).isTrue();
        assertThat(excludes.prunes("/srv")).isTrue();
        assertThat(Excludes.of(List.of("!keep", "drop")).prunes("/drop")).isTrue();
        assertThat(Excludes.of(List.of("drop", "!keep")).prunes("/drop")).isFalse();
        assertThat(Excludes.of(List.of("drop", "!**/keep/x")).prunes("/drop/keep/y")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "[a", "x\\", "[]].txt", "[a-]", "a/[/b", "!/", "/", "/**", "**/**", "a**b/c", "!" })
    void aLineThatCanMatchNothingIsNotReadable(String line) {
        assertThat(Excludes.isReadable(line)).isFalse();
        assertThat(Excludes.of(List.of("*", line)).excludes("/a", false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "# [", "*", "**", "a**b", "**/a", "a/**", "[!a]", "!a", "\\[", "]" })
    void aLineIsReadableIfItMayMatchOrIsMeantNotTo(String line) {
        assertThat(Excludes.isReadable(line)).isTrue();
    }
}
