package dev.kloset.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class OrphansTest {

    /** The shell starts another one that works for a while, says who it is, and does not wait for it. */
    private static final String LEAVE = "bash -c 'for ((i = 0; i < 100000; i++)); do :; done' > /dev/null & echo $!";

    @Test
    void whatAProcessLeavesBehindIsAdoptedAndItsTimeCounts() throws Exception {
        Orphans.adopt();
        Process process = new ProcessBuilder("bash", "-c", LEAVE).start();
        process.getOutputStream().close();
        long left = Long.parseLong(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        assertThat(process.waitFor()).isZero();
        assertThat(Orphans.processorSeconds(left)).isPositive();
        assertThat(Orphans.children()).doesNotContain(left);
    }
}
