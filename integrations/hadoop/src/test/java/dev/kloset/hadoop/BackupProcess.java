package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A {@link BackupMain}. */
record BackupProcess(Process process) implements AutoCloseable {

    /**
     * {@return a backup with these settings}
     *
     * @param state where it notes what it holds
     */
    static BackupProcess start(Map<String, String> settings, Path state) throws IOException {
        ProcessBuilder builder = JavaMain.of(BackupMain.class, "128m", settings);
        builder.environment().put("XDG_STATE_HOME", state.toString());
        return new BackupProcess(builder.start());
    }

    /** Wait until it emits, so that it holds its source. */
    void awaitRecords() throws IOException {
        awaitRecord(1);
    }

    /** Wait until it emits one of its records, and stands still. */
    void awaitRecord(int number) throws IOException {
        BufferedReader records = process.inputReader(UTF_8);
        for (int i = 1; i <= number; i++) {
            assertThat(records.readLine()).isEmpty();
            if (i < number) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
        }
    }

    /** Let it go on, and wait for its end. */
    void finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
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
