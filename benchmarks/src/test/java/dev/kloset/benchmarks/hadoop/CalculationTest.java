package dev.kloset.benchmarks.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalculationTest {

    private static final double CALLS = 1_000;
    private static final double RATE = 100;

    private static double of(int workers, String what) {
        Figures figures = new Figures();
        new Calculation(CALLS, RATE, 0.1, 4, 1, 1).report(figures, workers);
        return figures.median(Calculation.JOB, workers + " workers", what);
    }

    @Test
    void objectsGrowWithTheWorkersAndLocksWithTheirSquare() {
        assertThat(of(10, Calculation.OBJECTS)).isEqualTo(10);
        assertThat(of(20, Calculation.OBJECTS)).isEqualTo(20);
        assertThat(of(10, Calculation.LOCKS)).isEqualTo(4 * 10 * 9 / CALLS);
        assertThat(of(1, Calculation.LOCKS)).isZero();
    }

    @Test
    void statesOfOthersTakeAGrowingShareOfTheTimeButNeverAllOfIt() {
        assertThat(of(1, Calculation.STATES)).isZero();
        assertThat(of(11, Calculation.STATES)).isEqualTo(50);
        assertThat(of(300, Calculation.STATES)).isBetween(96.0, 100.0);
    }

    @Test
    void oneWorkerFillsTheListOfPackfilesInAHundredTimesTheTimeOfAHundred() {
        assertThat(of(1, Calculation.FULL)).isCloseTo(of(100, Calculation.FULL) * 100, within(1e-6));
        assertThat(of(1, Calculation.FULL)).isCloseTo(123_361 * 67.108864 / RATE / 3600, within(1e-6));
    }
}
