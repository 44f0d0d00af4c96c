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
    private static final Path LAUNCHER = ROOT.resolve("runtime/src/main/launcher/launcher.sh");
    private static final Path ERRORS = ROOT.resolve("docs/errors.md");

    /** {@return the texts of the programs, with literals joined that are split across lines} */
    private static List<String> sayings() throws IOException {
        Stream<Path> sources = RepositoryFiles.endingIn(ROOT, ".java").stream().filter(TroubleshootingTest::speaks);
        return Stream.concat(sources, Stream.of(LAUNCHER, ERRORS))
                .map(file -> JOINED.matcher(read(file)).replaceAll("").replace("\\\"", "\""))
                .toList();
    }

    /** {@return whether the texts in a source file count} Plakar's own messages are those that the interoperability tests expect. */
    private static boolean speaks(Path file) {
        String path = ROOT.relativize(file).toString();
        return path.contains("src/main/java/dev/") || path.startsWith("it/interop/src/");
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
        assertThat(messages).hasSizeGreaterThan(50)
                .allMatch(message -> fixed(message).stream().anyMatch(part -> part.length() >= SHORTEST),
                        "something to search for")
                // Not an assertion about the texts: it would print all of them.
                .allMatch(
                        message -> sayings.stream()
                                .anyMatch(saying -> fixed(message).stream().allMatch(saying::contains)),
                        "a program says it");
    }

    /** {@return what is the same each time in a message with gaps} */
    private static List<String> fixed(String message) {
        return Arrays.stream(message.split(" ?… ?", -1)).toList();
    }
}
