package dev.kloset.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.schedules.Plan.Kind;
import dev.kloset.sdk.ProcessLikePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the author of a connector does, each session ends within its time limit and leaves nothing behind, and every record
 * and byte handed over either arrives or is reported missing. A failing schedule names its seed and the command that repeats
 * it.
 */
class HostileAuthorTest {

    private static final long FIRST_SEED = Long.parseLong(property("schedules.seed", "1"));
    private static final int COUNT = Integer.parseInt(property("schedules.authors", "100"));
    private static final String ONLY = property("schedules.only", "");
    private static final String END = property("schedules.end", "");
    private static final int ENOUGH = 5;

    @TempDir
    private Path directory;

    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    @BeforeAll
    static void uncaughtExceptionsAreHandledAsInAPlugin() {
        ProcessLikePlugin.prepare();
    }

    @ParameterizedTest
    @EnumSource
    void everythingArrivesOrIsReported(Kind kind) throws Exception {
        Assumptions.assumeTrue(ONLY.isEmpty(), "one schedule is repeated");
        Assumptions.assumeTrue(END.isEmpty() || END.equals(kind + ",HOSTILE_AUTHOR"), "another end was asked for");
        AuthorSchedules schedules = new AuthorSchedules(kind, directory);
        long start = System.nanoTime();
        assertNone(schedules.run(FIRST_SEED, COUNT, ENOUGH));
        report(kind, schedules.outcomes(), Duration.ofNanos(System.nanoTime() - start));
        assertThat(schedules.outcomes()).as("the ways in which sessions ended").hasSizeGreaterThan(1).containsKey("ok");
    }

    @Test
    void aScheduleFromTheCommandLineIsRepeated() throws Exception {
        String[] words = ONLY.split(",", -1);
        Assumptions.assumeTrue(words.length == 2, "no schedule was asked for");
        assertNone(new AuthorSchedules(Kind.valueOf(words[0]), directory).repeat(Long.parseLong(words[1]), 20));
    }

    private static void assertNone(List<String> failures) {
        assertThat(failures).withFailMessage(() -> String.join("\n\n", failures)).isEmpty();
    }

    private static void report(Kind kind, Map<String, Integer> outcomes, Duration time) throws IOException {
        StringBuilder report = new StringBuilder().append(kind)
                .append(", HOSTILE_AUTHOR, processors: ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(": seeds ")
                .append(FIRST_SEED)
                .append(" to ")
                .append(FIRST_SEED + COUNT - 1)
                .append(", ")
                .append(time.toSeconds())
                .append(" s\n");
        outcomes.forEach((outcome, times) -> report.append(String.format("%8d  %s%n", times, outcome)));
        Path reports = Files.createDirectories(Path.of("target", "schedules"));
        Files.writeString(reports.resolve(
                kind + "-HOSTILE_AUTHOR-" + Runtime.getRuntime().availableProcessors() + ".txt"), report);
    }

    @Test
    void theSameSeedGivesTheSameScheduleAndAnotherSeedAnother() {
        for (Kind kind : Kind.values()) {
            List<String> plans = IntStream.range(0, 1000).mapToObj(s -> AuthorPlan.of(kind, s).toString()).toList();
            assertThat(plans)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1000).mapToObj(s -> AuthorPlan.of(kind, s).toString()).toList())
                    .doesNotHaveDuplicates();
        }
    }
}
