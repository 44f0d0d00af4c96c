package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * The cost of a command, as the shell reports it.
 *
 * @param processorSeconds the processor time of the command and of the children that it has waited for
 */
public record Timed(double seconds, double processorSeconds) {

    private static final String SCRIPT = "TIMEFORMAT='%R %U %S'; { time \"$0\" \"$@\" >\"$OUTPUT\" 2>&1; } 2>\"$TIMES\"";

    /** {@return the cost of this command and of one that follows} */
    public Timed plus(Timed next) {
        return new Timed(seconds + next.seconds, processorSeconds + next.processorSeconds);
    }

    /**
     * Run a command, which must succeed.
     *
     * @param directory where the output of the command is kept until the next command
     */
    public static Timed run(List<String> command, Map<String, String> environment, Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path times = directory.resolve("times");
        List<String> shell = new ArrayList<>(List.of("bash", "-c", SCRIPT));
        shell.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("OUTPUT", output.toString(), "TIMES", times.toString(), "LC_ALL", "C"));
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(output));
        }
        try (Scanner took = new Scanner(times, StandardCharsets.UTF_8)) {
            return new Timed(took.nextDouble(), took.nextDouble() + took.nextDouble());
        }
    }
}
