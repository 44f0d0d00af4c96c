package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message that docs/troubleshooting.md explains occurs in a program, word for word. */
class TroubleshootingTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE);
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final int SHORTEST = 8;

    /** {@return the texts of the programs, with literals joined that are split across lines} */
    private static List<String> sayings() throws IOException {
        List<Path> sources = RepositoryFiles.endingIn(ROOT, ".java");
        return Stream.concat(sources.stream().filter(TroubleshootingTest::speaks),
                Stream.of(ROOT.resolve("docs/errors.md")))
                .map(file -> JOINED.matcher(read(file)).replaceAll("").replace("\\\"", "\""))
                .toList();
    }

    /** {@return whether the texts in a file count} Plakar's own messages are those that the interoperability tests expect. */
    private static boolean speaks(Path file) {
        String path = ROOT.relativize(file).toString();
        return path.endsWith(".java") && (path.contains("src/main/java/dev/") || path.startsWith("it/interop/src/"))
                || path.endsWith("src/main/launcher/launcher.sh");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    @Test
    void everyMessageOccursInAProgram() throws IOException {
        List<String> messages = MESSAGE.matcher(Files.readString(ROOT.resolve("docs/troubleshooting.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        List<String> sayings = sayings();
        assertThat(messages).hasSizeGreaterThan(50).allSatisfy(message -> {
            List<String> fixed = Arrays.stream(message.split(" ?… ?", -1)).toList();
            assertThat(fixed).as("something to search for in %s", message)
                    .anyMatch(part -> part.length() >= SHORTEST);
            assertThat(sayings).as("a program says: %s", message)
                    .anyMatch(saying -> fixed.stream().allMatch(saying::contains));
        });
    }
}
