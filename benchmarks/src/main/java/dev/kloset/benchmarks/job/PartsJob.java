package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the parts of the SDK by themselves, with JMH in a process that has it on its class path. */
public final class PartsJob {

    private static final String MAIN = "dev.kloset.benchmarks.Parts";

    private PartsJob() {}

    public static List<Result> run(Environment environment, Size size) throws IOException, InterruptedException {
        Path results = Files.createTempFile(environment.directory(), "parts", ".jsonl");
        try {
            String java = ProcessHandle.current().info().command().orElseThrow();
            Process process = new ProcessBuilder(java, "--sun-misc-unsafe-memory-access=allow", "-cp",
                    System.getProperty("java.class.path"), MAIN,
                    size.word(), results.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IOException("the parts could not be measured: " + MAIN + " failed");
            }
            return Files.readAllLines(results).stream().map(Result::of).toList();
        } finally {
            Files.delete(results);
        }
    }
}
