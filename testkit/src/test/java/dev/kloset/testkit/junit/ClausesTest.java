package dev.kloset.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.CheckRun;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.fixtures.MemoryStore;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.Peer;
import dev.kloset.testkit.subject.PipeProfile;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A clause is checked while its test runs, so that the test shows the time of the check. */
class ClausesTest {

    @TempDir
    private Path directory = Path.of("");

    /** A good store that counts how often it was started. */
    private static final class Counted implements Subject {

        private final Subject store = new InProcessSubject(
                Plugin.builder("memory").storage("memory", MemoryStore.factory()).build(), PipeProfile.ORDINARY);
        int starts;

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public boolean isProcess() {
            return false;
        }

        @Override
        public Peer start() throws IOException {
            starts++;
            return store.start();
        }
    }

    private Stream<DynamicTest> tests(Subject subject) throws Exception {
        return Clauses.testsOf(CheckRun.begin(subject, CheckSettings.builder(Kind.STORAGE,
                Map.of("location", "memory://{temp}")).temporaries(directory).build()));
    }

    private static void run(List<DynamicTest> tests, String clause) throws Throwable {
        for (DynamicTest test : tests) {
            if (test.getDisplayName().startsWith(clause + " ")) {
                test.getExecutable().execute();
                return;
            }
        }
        throw new AssertionError("there is no test of " + clause);
    }

    @Test
    void onlyTheClauseOfARunningTestIsChecked() throws Throwable {
        Counted subject = new Counted();
        try (Stream<DynamicTest> stream = tests(subject)) {
            List<DynamicTest> tests = stream.toList();
            assertThat(subject.starts).as("starts before any test, to meet the plugin").isEqualTo(1);
            run(tests, "S20"); // this check starts two processes
            assertThat(subject.starts).isEqualTo(3);
        }
    }

    @Test
    void aClauseThatJudgesOtherChecksIsNotApplicableAlone() throws Throwable {
        Counted subject = new Counted();
        try (Stream<DynamicTest> stream = tests(subject)) {
            List<DynamicTest> tests = stream.toList();
            assertThatThrownBy(() -> run(tests, "T11")).isInstanceOf(TestAbortedException.class)
                    .hasMessageContaining("no call has failed");
        }
    }

    @Test
    void theEndOfTheTestsRemovesWhatTheChecksHaveMade() throws Throwable {
        try (Stream<DynamicTest> stream = tests(new Counted())) {
            run(stream.toList(), "S06");
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).isEmptyDirectory();
    }
}
