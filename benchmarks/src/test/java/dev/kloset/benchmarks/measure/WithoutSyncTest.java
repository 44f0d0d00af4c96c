package dev.kloset.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Syncing a pipe is impossible. If it succeeds, the call has done nothing. */
@EnabledOnOs(OS.LINUX)
class WithoutSyncTest {

    private static final Candidate SYNC = new Candidate("dd", Path.of("/bin/sh"),
            List.of("-c",
                    "echo written | dd conv=fsync status=none | cat; exec dd if=/dev/null conv=fsync status=none"),
            "none");

    @Test
    void anImpossibleSyncSucceedsWhenSyncsAreSwitchedOff() throws Exception {
        assertThat(run(SYNC)).contains("written", "fsync");
        assertThat(run(SYNC.withoutSync())).isEqualTo("written\n");
    }

    private static String run(Candidate candidate) throws Exception {
        List<String> command = new ArrayList<>(List.of(candidate.executable().toString()));
        command.addAll(candidate.args());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
