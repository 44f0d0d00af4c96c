package dev.kloset.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsageTest {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void aProcessHasUsedTimeAndMemory() throws Exception {
        double before = Usage.processorMillis(SELF);
        assertThat(before).isPositive();
        assertThat(Usage.processorMillis(SELF)).isGreaterThan(before);
        assertThat(Usage.residentMebibytes(SELF)).isPositive().isLessThanOrEqualTo(Usage.peakMebibytes(SELF) + 1);
    }

    @Test
    void aProcessThatHasEndedIsNamed() {
        assertThatThrownBy(() -> Usage.processorMillis(4_194_305)).isInstanceOf(IOException.class)
                .hasMessage("cannot read the processor time of process 4194305: it has ended");
    }
}
