package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The parts of the SDK by themselves, measured by JMH in a process whose class path has it. */
final class PartsJob {

    private static final String MAIN = "dev.kloset.benchmarks.Parts";

    private PartsJob() {}

    static List<Result> run(Ground ground, Size size) throws IOException, InterruptedException {
        Path results = Files.createTempFile(ground.directory(), "parts", ".jsonl");
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
