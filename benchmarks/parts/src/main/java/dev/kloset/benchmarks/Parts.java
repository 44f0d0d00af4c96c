package dev.kloset.benchmarks;

import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures all parts and writes one line per quantity: {@code smoke|quick|full FILE}. */
final class Parts {

    private static final String JOB = "parts, each in a warm JVM";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Parts() {}

    public static void main(String[] args) throws RunnerException, IOException {
        Locale.setDefault(Locale.ROOT);
        List<String> lines = new ArrayList<>();
        for (RunResult part : new Runner(options(Size.of(args[0]))).run()) {
            String words = words(part.getParams().getBenchmark());
            lines.add(line(words, "ns", part, false));
            lines.add(line(words, "bytes allocated", part, true));
        }
        Files.write(Path.of(args[1]), lines);
    }

    /** {@return the class and the method in words} */
    private static String words(String method) {
        String words = method.replaceAll(".*\\.(\\w+)Part\\.(\\w+)$", "$1: $2")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return Pattern.compile("[A-Z][a-z]+\\b")
                .matcher(words)
                .replaceAll(word -> word.group().toLowerCase(Locale.ROOT));
    }

    private static Options options(Size size) {
        return new OptionsBuilder().include("dev\\.kloset\\..*Part\\.")
                .forks(size.choose(0, 1, 3))
                .warmupIterations(size.choose(0, 2, 3))
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(size.choose(1, 3, 5))
                .measurementTime(TimeValue.milliseconds(size.choose(50, 1_000, 1_000)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    private static String line(String part, String what, RunResult run, boolean allocated) {
        DoubleStream values = run.getBenchmarkResults()
                .stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(iteration -> score(iteration, allocated));
        return Result.of(JOB, part, what, values).json();
    }

    @SuppressWarnings("rawtypes") // JMH's collections are raw.
    private static double score(IterationResult iteration, boolean allocated) {
        if (!allocated) {
            return iteration.getPrimaryResult().getScore();
        }
        for (var secondary : iteration.getSecondaryResults().entrySet()) {
            if (secondary.getKey().contains(ALLOCATED)) {
                return secondary.getValue().getScore();
            }
        }
        throw new IllegalStateException("the profiler did not say how much was allocated");
    }
}
