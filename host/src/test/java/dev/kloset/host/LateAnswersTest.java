package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A clock that the test turns. */
class LateAnswersTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private final LateAnswers late = new LateAnswers("demo (importer)", Duration.ofSeconds(30), lines::add);

    private void look(int... seconds) {
        for (int second : seconds) {
            late.look(second * SECOND);
        }
    }

    @Test
    void anUnansweredInitIsReportedAndAgainAfterTenTimesAsLong() {
        try (LateAnswers.Wait _ = late.forAnswer("/importer.Importer/Init")) {
            look(0, 10, 29, 30, 31, 299, 300, 2999, 3000);
        }
        assertThat(lines).containsExactly(
                "waiting for the plugin demo (importer), which has not answered Init for 30 s",
                "waiting for the plugin demo (importer), which has not answered Init for 5 min",
                "waiting for the plugin demo (importer), which has not answered Init for 50 min");
        look(100_000);
        assertThat(lines).hasSize(3);
    }

    @Test
    void recordsThatComeNowAndThenAreNotLate() {
        try (LateAnswers.Wait wait = late.forThis("sent a record", () -> true)) {
            for (int second = 0; second < 600; second += 10) {
                wait.begin();
                look(second, second + 5);
                wait.end();
            }
            look(610, 700, 10_000); // the host waits for no answer: the receiver of the records is slow
            assertThat(lines).isEmpty();
            wait.begin();
            look(10_001, 10_031);
        }
        assertThat(lines)
                .containsExactly("waiting for the plugin demo (importer), which has not sent a record for 30 s");
    }

    @Test
    void aPluginThatWaitsForTheHostIsNotLate() {
        AtomicBoolean acknowledged = new AtomicBoolean();
        try (LateAnswers.Wait wait = late.forThis("sent a record", acknowledged::get)) {
            wait.begin();
            look(0, 30, 1000);
            assertThat(lines).isEmpty();
            acknowledged.set(true);
            look(1001, 1029);
            assertThat(lines).isEmpty();
            look(1031);
        }
        assertThat(lines).hasSize(1);
    }

    @Test
    void onlyTheLongestOfManyWaitsIsReported() {
        LateAnswers.Wait first = late.forAnswer("/store.Store/Get");
        look(0);
        try (first;
                LateAnswers.Wait _ = late.forAnswer("/store.Store/List");
                LateAnswers.Wait _ = late.forAnswer("/store.Store/Mode")) {
            look(1, 31, 32, 60);
        }
        assertThat(lines).containsExactly(
                "waiting for the plugin demo (importer), which has not answered Get for 31 s, nor 2 other calls");
    }

    @Test
    void aFinishedWaitIsNotReported() {
        try (LateAnswers.Wait _ = late.forAnswer("/importer.Importer/Close")) {
            look(0);
            late.close();
            look(31);
        }
        assertThat(lines).isEmpty();
    }
}
