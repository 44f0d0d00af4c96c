package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * What a command took by the account of the shell.
 *
 * @param processorSeconds of the command and of those of its children for whose end it has waited
 */
record Timed(double seconds, double processorSeconds) {

    private static final String SCRIPT = "TIMEFORMAT='%R %U %S'; { time \"$0\" \"$@\" >\"$OUTPUT\" 2>&1; } 2>\"$TIMES\"";

    /**
     * Run a command, which must succeed.
     *
     * @param directory where what it says is kept until the next one
     */
    static Timed run(List<String> command, Map<String, String> environment, Path directory)
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
