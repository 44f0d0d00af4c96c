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

/** A port that refuses is not worth the time that a slow server is worth. */
class RefusalTest {

    private final FakePace pace = new FakePace();
    private final RetryTally tally = new RetryTally();
    private final Retry retry = Retry.attempts(20, pace).countedBy(tally);
    private int attempts;

    /** As the HTTP client of the JDK says it. */
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
    void aRefusedPortIsTriedAMomentLongAndTheSentenceSaysWhy() {
        assertThatThrownBy(() -> retry.call("list photos", () -> fail(connecting(new ClosedChannelException()))))
                .hasMessageMatching("cannot list photos, given up after 3 attempts in .* ms: "
                        + "cannot connect: the connection is refused, or the host cannot be reached");
        assertThat(attempts).isEqualTo(3);
        assertThat(pace.pauses().stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(2));
        assertThat(tally).hasToString(
                "2 retries (2 × cannot connect: the connection is refused, or the host cannot be reached)");
    }

    @Test
    void longWaitsOfAnAuthorDoNotMakeARefusedPortWorthMore() {
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
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void whatIsSlowOrBreaksOffGetsAllAttempts() {
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
    void anAuthorWhoSaysWhatMayPassIsObeyed() {
        assertThatThrownBy(() -> retry.on(reason -> true)
                .backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                .call("ask", () -> fail(new ConnectException("Connection refused"))))
                .hasMessageContaining("given up after 20 attempts");
    }
}
