package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document about upstream's behaviours covers all of them. It and the document about the host name only tests that exist. */
class UpstreamBehavioursTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z]\\w+(?:Test|Contract))(?:\\.(?!java\\b)(\\w+))?");
    private static final int BEHAVIOURS = 62;

    private static List<Matcher> rows() throws IOException {
        List<Matcher> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/upstream-behaviours.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path file : RepositoryFiles.endingIn(ROOT, ".java")) {
            if (file.toString().contains("/src/test/java/")) {
                tests.put(String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file));
            }
        }
        return tests;
    }

    @Test
    void everyBehaviourIsThereOnceAndHasATestOrAReason() throws IOException {
        assertThat(rows()).extracting(row -> Integer.parseInt(row.group(1)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, BEHAVIOURS).boxed().toList());
        assertThat(rows()).allMatch(row -> row.group(2).startsWith("Reason: ") || TEST.matcher(row.group(2)).find());
    }

    @ParameterizedTest
    @ValueSource(strings = { "upstream-behaviours.md", "host.md" })
    void everyTestThatIsNamedExists(String document) throws IOException {
        Map<String, String> tests = tests();
        Matcher named = TEST.matcher(Files.readString(ROOT.resolve("docs").resolve(document)));
        while (named.find()) {
            assertThat(tests).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(tests.get(named.group(1))).contains("void " + named.group(2) + "(");
            }
        }
    }
}
