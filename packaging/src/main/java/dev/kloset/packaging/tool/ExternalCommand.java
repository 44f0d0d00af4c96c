package dev.kloset.packaging.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and keeps its output. */
public final class ExternalCommand {

    private final List<String> command;
    private final ProcessBuilder builder;

    public ExternalCommand(List<String> command) {
        this.command = List.copyOf(command);
        this.builder = new ProcessBuilder(command);
        // Java would announce these options, which are not part of what is built.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    }

    ExternalCommand in(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    public ExternalCommand with(Map<String, String> environment) {
        builder.environment().putAll(environment);
        return this;
    }

    /** @param exit its exit status */
    public record Outcome(int exit, String out, String err) {
        /** {@return the part of both outputs to show in an error message} */
        public String said() {
            return Excerpt.of(err + "\n" + out);
        }
    }

    /** @throws PackagingException if it cannot be started or does not end in time */
    public Outcome run(Duration patience) throws PackagingException, IOException, InterruptedException {
        Path out = Files.createTempFile("kloset", ".out");
        Path err = Files.createTempFile("kloset", ".err");
        try {
            Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new PackagingException(
                            name() + " has not ended after " + patience.toSeconds() + " s; it said: "
                                    + new Outcome(0, text(out), text(err)).said());
                }
                return new Outcome(process.exitValue(), text(out), text(err));
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new PackagingException("cannot start " + command.getFirst(), e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Like {@link #run}, but the program must succeed: {@code purpose} completes the message if it fails. */
    public Outcome succeed(String purpose, Duration patience)
            throws PackagingException, IOException, InterruptedException {
        Outcome outcome = run(patience);
        if (outcome.exit() != 0) {
            throw new PackagingException("cannot " + purpose + ": " + name() + " ended with status " + outcome.exit()
                    + ": " + outcome.said());
        }
        return outcome;
    }

    /** {@return whether the program started and did its work} For programs that improve the result but are not required. */
    public boolean succeeds(Duration patience) throws IOException, InterruptedException {
        try {
            return run(patience).exit() == 0;
        } catch (PackagingException e) {
            return false;
        }
    }

    private String name() {
        return String.valueOf(Path.of(command.getFirst()).getFileName());
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        return command;
    }
}
