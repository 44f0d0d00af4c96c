package dev.kloset.benchmarks.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void idleTimeAndWaitingForTheDiskAreNoUse() {
        Processors before = Processors.parse("cpu  10 20 30 400 50 6 7 8 90 1\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
        Processors after = Processors.parse("cpu  60 20 30 440 60 6 7 8 90 1\n");

        assertThat(after.percentSince(before)).isEqualTo(50);
    }

    @Test
    void theMachineIsAtWork() throws Exception {
        Processors now = Processors.now();

        assertThat(now.busy()).isPositive().isLessThan(now.all());
    }
}
