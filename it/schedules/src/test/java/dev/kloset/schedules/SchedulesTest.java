package dev.kloset.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kloset.schedules.Plan.Kind;
import dev.kloset.schedules.Plan.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each session must end within its time limit, with a defined outcome, and leave nothing behind. A failing session names its
 * seed and the command that repeats it; the report is in target/schedules.
 */
class SchedulesTest {

    private static final long FIRST_SEED = Long.parseLong(property("schedules.seed", "1"));
    private static final int COUNT = Integer.parseInt(property("schedules.count", "100"));
    private static final String ONLY = property("schedules.only", "");
    private static final String END = property("schedules.end", "");
    /** The number of sessions after which to look for leaks; a leak is then narrowed down. */
    private static final int BATCH = 25;

    @TempDir
    private Path directory;

    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    @ParameterizedTest
    @CsvSource({ "IMPORTER,HOSTILE_HOST", "EXPORTER,HOSTILE_HOST", "STORAGE,HOSTILE_HOST", "IMPORTER,HOSTILE_PLUGIN",
        "EXPORTER,HOSTILE_PLUGIN", "STORAGE,HOSTILE_PLUGIN" })
    void everySessionEnds(Kind kind, Role role) throws Exception {
        Assumptions.assumeTrue(ONLY.isEmpty(), "one schedule is repeated");
        Assumptions.assumeTrue(END.isEmpty() || END.equals(kind + "," + role), "another end was asked for");
        long start = System.nanoTime();
        Map<String, Integer> outcomes = new TreeMap<>();
        Contents contents = new Contents(directory);
        run(Plan.of(kind, role, 0), contents); // loads the classes that Java loads once
        Leaks leaks = new Leaks(directory);
        for (int done = 0; done < COUNT; done += BATCH) {
            long seed = FIRST_SEED + done;
            int count = Math.min(BATCH, COUNT - done);
            for (int i = 0; i < count; i++) {
                outcomes.merge(run(Plan.of(kind, role, seed + i), contents), 1, Integer::sum);
            }
            check(leaks, kind, role, seed, count);
        }
        report(kind, role, outcomes, Duration.ofNanos(System.nanoTime() - start));
        assertThat(outcomes).as("the ways in which sessions ended").hasSizeGreaterThan(1).containsKey("ok");
    }

    private String run(Plan plan, Contents contents) throws InterruptedException {
        try {
            return new Session(plan, directory, contents).run();
        } catch (AssertionError | RuntimeException | IOException e) {
            return fail(e.getMessage() + "\nin " + plan + "\nrepeat with: " + plan.command(), e);
        }
    }

    private static void check(Leaks leaks, Kind kind, Role role, long seed, int count) throws IOException {
        try {
            leaks.check();
        } catch (AssertionError e) {
            fail(e.getMessage() + "\nafter the schedules " + seed + " to " + (seed + count - 1) + " of " + kind + ", "
                    + role + "\nrepeat with: " + Plan.of(kind, role, seed).command(), e);
        }
    }

    private static void report(Kind kind, Role role, Map<String, Integer> outcomes, Duration time) throws IOException {
        StringBuilder report = new StringBuilder();
        report.append(kind)
                .append(", ")
                .append(role)
                .append(": seeds ")
                .append(FIRST_SEED)
                .append(" to ")
                .append(FIRST_SEED + COUNT - 1)
                .append(", ")
                .append(time.toSeconds())
                .append(" s\n");
        outcomes.forEach((outcome, times) -> report.append(String.format("%8d  %s%n", times, outcome)));
        Path reports = Files.createDirectories(Path.of("target", "schedules"));
        Files.writeString(reports.resolve(kind + "-" + role + ".txt"), report);
    }

    @Test
    void aScheduleFromTheCommandLineIsRepeated() throws Exception {
        Assumptions.assumeFalse(ONLY.isEmpty(), "no schedule was asked for");
        String[] words = ONLY.split(",", -1);
        Plan plan = Plan.of(Kind.valueOf(words[0]), Role.valueOf(words[1]), Long.parseLong(words[2]));
        Contents contents = new Contents(directory);
        run(Plan.of(plan.kind(), plan.role(), 0), contents);
        Leaks leaks = new Leaks(directory);
        for (int i = 0; i < 20; i++) {
            run(plan, contents);
        }
        check(leaks, plan.kind(), plan.role(), plan.seed(), 1);
    }

    @Test
    void theSameSeedGivesTheSameScheduleAndAnotherSeedAnother() {
        for (Kind kind : Kind.values()) {
            for (Role role : Role.values()) {
                assertThat(IntStream.range(0, 1000).mapToObj(seed -> Plan.of(kind, role, seed).toString()))
                        .containsExactlyElementsOf(
                                IntStream.range(0, 1000)
                                        .mapToObj(seed -> Plan.of(kind, role, seed).toString())
                                        .toList())
                        .doesNotHaveDuplicates();
            }
        }
    }
}
