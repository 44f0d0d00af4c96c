package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process with the class path of the tests. */
public final class ChildJava implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 240;

    /** How a process ended. */
    public record Outcome(int status, String output, String errors) {}

    private final Process process;

    private ChildJava(Process process) {
        this.process = process;
    }

    public static ChildJava start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return start(main, Map.of(), options, arguments);
    }

    /** Start {@code main} with {@code environment} in addition to the current environment. */
    public static ChildJava start(Class<?> main, Map<String, String> environment, List<String> options,
            String... arguments)
            throws IOException {
        return new ChildJava(builder(main, environment, options, arguments).start());
    }

    /** Start {@code main} with {@code errors}, a file, as its standard error. */
    public static ChildJava start(Class<?> main, Map<String, String> environment, Path errors) throws IOException {
        return new ChildJava(builder(main, environment, List.of())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start());
    }

    private static ProcessBuilder builder(Class<?> main, Map<String, String> environment, List<String> options,
            String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Start {@code program} in {@code directory} with only {@code environment} as its environment. */
    static ChildJava start(Path directory, Map<String, String> environment, Path program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ChildJava(builder.start());
    }

    public static Outcome run(Class<?> main, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        try (ChildJava child = start(main, options, arguments)) {
            child.process.getOutputStream().close();
            return child.end();
        }
    }

    /** Wait for the end. Standard error is read on a thread of its own: both pipes are small. */
    public Outcome end() throws IOException, InterruptedException {
        StringBuilder errors = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> errors.append(line).append('\n'));
            } catch (IOException | UncheckedIOException e) {
                errors.append(e);
            }
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.join();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process closed its streams but does not end: " + errors);
        }
        return new Outcome(process.exitValue(), output, errors.toString());
    }

    /** {@return the first line on standard error} */
    public String firstErrorLine() throws IOException {
        return process.errorReader(StandardCharsets.UTF_8).readLine();
    }

    /** {@return what it writes to standard error until it ends} Only for short output. */
    public String errors() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public long pid() {
        return process.pid();
    }

    /** {@return its exit status, once it has ended} */
    public int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the process ends").isTrue();
        return process.exitValue();
    }

    public GrpcClient client() {
        return GrpcClient.connect(process.getInputStream(), process.getOutputStream(), GrpcLimits.defaults());
    }

    /** End its input and output, as if the host were gone. */
    public void hangUp() throws IOException {
        process.getOutputStream().close();
    }

    /** Kill it as Plakar does. What it has written can still be read. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
