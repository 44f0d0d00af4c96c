package dev.kloset.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies a database in a process of its own, which may have little memory. */
final class CopyProcess {

    private CopyProcess() {}

    /**
     * Copy. The test fails if the process does.
     *
     * @param heap the most that its heap may take, such as 128m
     * @param settings more settings of the backup, each as KEY=VALUE
     */
    @SuppressWarnings("SystemOut") // what the copy took, for the tests that are run to measure
    static void run(String heap, String from, String to, String user, String password, String... settings)
            throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
                        "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                        CopyMain.class.getName(), from, to, user, password));
        command.addAll(List.of(settings));
        Process copy = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(copy.getInputStream().readAllBytes(), UTF_8);
        assertThat(copy.waitFor()).as(said).isZero();
        System.out.println(heap + ": " + said.lines().toList().getLast());
    }
}
