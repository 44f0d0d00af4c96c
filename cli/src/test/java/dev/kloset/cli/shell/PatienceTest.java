package dev.kloset.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void patienceIsHalfAMinuteUnlessTheUserWantsLessOrNone() {
        assertThat(Patience.of("")).hasSeconds(30);
        assertThat(Patience.of("5s")).hasSeconds(5);
        assertThat(Patience.of("10m")).hasSeconds(30);
        assertThat(Patience.of("1h")).hasSeconds(30);
        assertThat(Patience.of("off")).isZero();
        assertThat(Patience.of("soon")).hasSeconds(30);
        assertThat(Patience.of("0s")).hasSeconds(30);
        assertThat(Patience.of("99999999999999999999s")).hasSeconds(30);
    }
}
