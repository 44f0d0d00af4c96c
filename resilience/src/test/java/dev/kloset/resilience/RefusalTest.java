package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A port that refuses connections does not deserve the patience that a slow server deserves. */
class RefusalTest {

    private final FakeSleeper sleeper = new FakeSleeper();
    private final RetryTally tally = new RetryTally();
    private final Retry retry = Retry.attempts(20, sleeper).countedBy(tally);
    private int attempts;

    /** The exception as the JDK's HTTP client throws it. */
    private static IOException connecting(Exception cause) {
        ConnectException inner = new ConnectException();
        inner.initCause(cause);
        ConnectException outer = new ConnectException();
        outer.initCause(inner);
        return outer;
    }

    private Object fail(IOException reason) throws IOException {
        attempts++;
        throw reason;
    }

    @Test
    void aRefusedPortIsRetriedBrieflyAndTheMessageSaysWhy() {
        assertThatThrownBy(() -> retry.call("list photos", () -> fail(connecting(new ClosedChannelException()))))
                .hasMessageMatching("cannot list photos, given up after 3 attempts in .* ms: "
                        + "cannot connect: the connection is refused, or the host cannot be reached");
        assertThat(attempts).isEqualTo(3);
        assertThat(sleeper.pauses().stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(2));
        assertThat(tally).hasToString(
                "2 retries (2 × cannot connect: the connection is refused, or the host cannot be reached)");
    }

    @Test
    void longWaitsSetByAnAuthorDoNotProlongARefusal() {
        Retry slow = retry.backoff(Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThatThrownBy(() -> slow.call("ask", () -> fail(new ConnectException("Connection refused"))))
                .hasMessageContaining("given up after 1 attempt ");
    }

    @Test
    void aServerThatHasAnsweredMayBeRestarting() throws Exception {
        retry.call("ask", () -> "an answer");
        assertThatThrownBy(() -> retry.backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                .call("ask",
                        () -> fail(new ConnectException("Connection refused"))))
                .hasMessageContaining("given up after 20 attempts");
    }

    @Test
    void anUnknownHostIsNotTriedAgain() {
        assertThatThrownBy(() -> retry.call("ask", () -> fail(connecting(new UnresolvedAddressException()))))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> retry.call("ask", () -> fail(new UnknownHostException("nosuch.invalid"))))
                .isInstanceOf(UnknownHostException.class);
        assertThat(attempts).isEqualTo(2);
        assertThat(sleeper.pauses()).isEmpty();
    }

    @Test
    void slowAndBrokenConnectionsGetAllAttempts() {
        assertAllAttempts(new ConnectException("Connection reset by peer"));
        assertAllAttempts(new ConnectException("Connection timed out"));
        assertAllAttempts(new SocketTimeoutException("Read timed out"));
        assertAllAttempts(new ClosedChannelException());
        assertAllAttempts(new IOException("closed", new SocketException("Connection reset")));
    }

    private void assertAllAttempts(IOException reason) {
        attempts = 0;
        assertThatThrownBy(() -> retry.backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                .call("ask",
                        () -> fail(reason)))
                .hasMessageContaining("given up after 20 attempts");
        assertThat(attempts).isEqualTo(20);
    }

    @Test
    void theAuthorsOwnConditionDecidesAboutRetries() {
        assertThatThrownBy(() -> retry.on(reason -> true)
                .backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                .call("ask", () -> fail(new ConnectException("Connection refused"))))
                .hasMessageContaining("given up after 20 attempts");
    }
}
