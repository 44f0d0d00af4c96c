package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Content;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final FakeSleeper sleeper = new FakeSleeper();

    private Duration waited() {
        return sleeper.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void availableUnitsAreTakenAtOnceAndTheCallerWaitsForTheRest() throws Exception {
        RateLimit limit = RateLimit.perSecond(10, sleeper);
        limit.take(10);
        assertThat(sleeper.pauses()).isEmpty();
        limit.take(5);
        limit.take(25);
        assertThat(sleeper.pauses()).containsExactly(Duration.ofMillis(500), Duration.ofMillis(2500));
    }

    @Test
    void unusedUnitsOfAtMostOneSecondAreSaved() throws Exception {
        RateLimit limit = RateLimit.perSecond(10, sleeper);
        sleeper.pass(Duration.ofHours(1));
        limit.take(20);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theBytesOfAContentAreLimited() throws Exception {
        RateLimit limit = RateLimit.perSecond(1000, sleeper);
        byte[] bytes = new byte[5000];
        try (InputStream in = limit.limited(Content.of(bytes)).open()) {
            in.skipNBytes(100);
            assertThat(in.read()).isZero();
            assertThat(in.readAllBytes()).hasSize(4899);
        }
        assertThat(waited()).isBetween(Duration.ofMillis(3999), Duration.ofMillis(4001));
    }
}
