package dev.kloset.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/** A command in a session of its own, with its output in files, so that a daemon it leaves behind cannot block us. */
final class RunningCommand {

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;
    private final long start = System.nanoTime();

    private RunningCommand(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static RunningCommand start(List<String> command, Map<String, String> environment, Path cwd) throws IOException {
        Path out = Files.createTempFile("interop", ".out");
        Path err = Files.createTempFile("interop", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new RunningCommand(command, builder.start(), out, err);
    }

    long pid() {
        return process.pid();
    }

    /** {@return what the command has printed so far} */
    String out() throws IOException {
        return read(out);
    }

    String err() throws IOException {
        return read(err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Send a signal to this process alone. */
    void signal(String name) throws IOException {
        Signals.send(name, Long.toString(pid()));
    }

    /** Send a signal to the whole process group, as a terminal does for Ctrl-C. */
    void signalGroup(String name) throws IOException {
        Signals.send(name, "-" + pid());
    }

    /** {@return the outcome} A command that does not end in time is killed, and the test fails. */
    Outcome end(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            // A Go program then prints all its stacks and ends.
            signal("QUIT");
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            throw new AssertionFailedError("did not end within " + patience.toSeconds() + " s: " + outcome());
        }
        return outcome();
    }

    private Outcome outcome() throws IOException {
        Outcome outcome = new Outcome(command, process.exitValue(), out(), err(),
                Duration.ofNanos(System.nanoTime() - start));
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
        return outcome;
    }

    // Names in listings need not be UTF-8.
    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
