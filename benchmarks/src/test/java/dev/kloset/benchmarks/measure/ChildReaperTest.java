package dev.kloset.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ChildReaperTest {

    /** A shell that starts another one, which works for a while; prints its process id, and does not wait for it. */
    private static final String LEAVE = "bash -c 'for ((i = 0; i < 100000; i++)); do :; done' > /dev/null & echo $!";

    @Test
    void orphanedProcessesAreAdoptedAndTheirTimeCounts() throws Exception {
        ChildReaper.adopt();
        Process process = new ProcessBuilder("bash", "-c", LEAVE).start();
        process.getOutputStream().close();
        long left = Long.parseLong(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        assertThat(process.waitFor()).isZero();
        assertThat(ChildReaper.processorSeconds(left)).isPositive();
        assertThat(ChildReaper.children()).doesNotContain(left);
    }
}
