package dev.kloset.packaging;

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
import java.util.stream.Collectors;

/** Runs a program to its end and keeps what it says. */
final class Program {

    private static final int SHOWN_LINES = 20;

    private final List<String> command;
    private final ProcessBuilder builder;

    Program(List<String> command) {
        this.command = List.copyOf(command);
        this.builder = new ProcessBuilder(command);
        // Java would announce them, and they are not part of what is built.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    }

    Program in(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    Program with(Map<String, String> environment) {
        builder.environment().putAll(environment);
        return this;
    }

    /** @param exit its exit status */
    record Outcome(int exit, String out, String err) {
        /** {@return the last lines of both, for an error message} */
        String said() {
            List<String> lines = new ArrayList<>((err + "\n" + out).lines().filter(line -> !line.isBlank()).toList());
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return last.isEmpty()
                    ? "it said nothing"
                    : last.stream().map(line -> "\n    " + line).collect(Collectors.joining());
        }
    }

    /** @throws PackagingException if it cannot be started or does not end in time */
    Outcome run(Duration patience) throws PackagingException, IOException, InterruptedException {
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

    /** As {@link #run}, for a program whose failure is the end of it: {@code purpose} says of what. */
    Outcome succeed(String purpose, Duration patience) throws PackagingException, IOException, InterruptedException {
        Outcome outcome = run(patience);
        if (outcome.exit() != 0) {
            throw new PackagingException("cannot " + purpose + ": " + name() + " ended with status " + outcome.exit()
                    + ": " + outcome.said());
        }
        return outcome;
    }

    /** {@return whether it could be started and did its work} For what is better with it but can be done without. */
    boolean succeeds(Duration patience) throws IOException, InterruptedException {
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
