package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final FakeSleeper sleeper = new FakeSleeper();
    private final RetryTally tally = new RetryTally();
    private int attempts;

    private Retry retry(int most) {
        return Retry.attempts(most, sleeper).countedBy(tally);
    }

    private String failing(int times, IOException reason) throws IOException {
        if (attempts++ < times) {
            throw reason;
        }
        return "done";
    }

    @Test
    void transientFailuresAreRetriedAfterGrowingWaits() throws Exception {
        Retry retry = retry(6).backoff(Duration.ofMillis(100), Duration.ofMillis(500));
        assertThat(retry.call("ask", () -> failing(5, new SocketException("Connection reset")))).isEqualTo("done");
        List<Integer> longest = List.of(100, 200, 400, 500, 500);
        assertThat(sleeper.pauses()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(sleeper.pauses().get(i)).isBetween(Duration.ofMillis(longest.get(i) / 2),
                    Duration.ofMillis(longest.get(i)));
        }
        assertThat(tally.retries()).isEqualTo(5);
        assertThat(tally).hasToString("5 retries (5 × Connection reset)");
    }

    @Test
    void theWaitsDiffer() throws Exception {
        Retry retry = retry(1000).backoff(Duration.ofMillis(100), Duration.ofMillis(100)).within(Duration.ofHours(1));
        retry.call("ask", () -> failing(500, new SocketException("Connection reset")));
        assertThat(sleeper.pauses().stream().distinct().count()).isGreaterThan(400);
    }

    @Test
    void permanentFailuresAreNotRetried() {
        assertThatThrownBy(() -> retry(5).call("ask", () -> failing(1, new NoSuchFileException("/x"))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> retry(5).call("ask",
                () -> failing(9, new ConnectorException(ErrorKind.AUTHENTICATION, "wrong password",
                        new SocketException("Connection reset")))))
                .hasMessage("wrong password: Connection reset");
        assertThat(attempts).isEqualTo(2);
        assertThat(tally).hasToString("no retries");
    }

    @Test
    void transientFailuresAreRecognisedInsideOtherExceptionsAndByTheAuthor() throws Exception {
        retry(2).call("ask", () -> failing(1, new IOException("TLS", new EOFException())));
        assertThatThrownBy(() -> retry(2).call("ask", () -> failing(9, new IOException("503"))))
                .hasMessage("503");
        attempts = 0;
        Retry own = retry(2).on(error -> "503".equals(error.getMessage()));
        assertThat(own.call("ask", () -> failing(1, new IOException("503")))).isEqualTo("done");
        assertThat(tally).hasToString("2 retries (1 × 503, 1 × unexpected end of data)");
    }

    @Test
    void theLastReasonIsReportedWithTheNumberOfAttempts() {
        assertThatThrownBy(() -> retry(3).backoff(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .call("list the bucket photos", () -> failing(9, new SocketException("Connection reset"))))
                .isInstanceOfSatisfying(ConnectorException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.TRANSIENT))
                .hasMessageMatching("cannot list the bucket photos, given up after 3 attempts in "
                        + "(2|3|4) s: Connection reset|cannot list the bucket photos, given up after 3 attempts in "
                        + "[23]\\d{3} ms: Connection reset");
        assertThat(attempts).isEqualTo(3);
        assertThat(tally.retries()).isEqualTo(2);
    }

    @Test
    void noAttemptBeginsAfterTheLimit() {
        Retry retry = retry(1000).within(Duration.ofMinutes(1));
        assertThatThrownBy(() -> retry.call("ask", () -> {
            sleeper.pass(Duration.ofSeconds(20));
            return failing(1000, new SocketException("Connection reset"));
        })).hasMessageMatching("cannot ask, given up after 3 attempts in 60 s: Connection reset");
    }

    @Test
    void theTallyNamesAFewReasonsAndCountsTheRest() {
        for (int i = 0; i < 100; i++) {
            tally.count(new IOException("reason " + i));
        }
        assertThat(tally.toString()).startsWith("100 retries (").contains("1 × reason 3", "90 × other reasons");
    }
}
