package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link BackupMain}. */
record BackupProcess(Process process) implements AutoCloseable {

    /**
     * {@return a backup with these settings}
     *
     * @param state where it notes what it holds
     */
    static BackupProcess start(Map<String, String> settings, Path state) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                        System.getProperty("java.class.path"), BackupMain.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("XDG_STATE_HOME", state.toString());
        return new BackupProcess(builder.start());
    }

    /** Wait until it emits, so that it holds its source. */
    void awaitRecords() throws IOException {
        assertThat(process.inputReader(UTF_8).readLine()).isEmpty();
    }

    /** Let it go on, and wait for its end. */
    void finish() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isZero();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
