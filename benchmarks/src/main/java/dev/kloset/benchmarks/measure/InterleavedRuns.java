package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Lets every candidate in turn do the same, several times, so that other load on the machine affects all of them.
 *
 * @param <T> the cost of one attempt
 */
public final class InterleavedRuns<T> {

    private final Map<String, List<T>> attempts = new LinkedHashMap<>();

    /** One attempt by one candidate. */
    public interface Attempt<W, T> {
        T by(W who) throws IOException, InterruptedException;
    }

    public static <T> InterleavedRuns<T> of(List<Candidate> candidates, int runs, Attempt<Candidate, T> attempt)
            throws IOException, InterruptedException {
        InterleavedRuns<T> interleaved = new InterleavedRuns<>();
        for (int run = 0; run < runs; run++) {
            for (Candidate candidate : candidates) {
                interleaved.add(candidate.name(), attempt.by(candidate));
            }
        }
        return interleaved;
    }

    /** Keep an attempt, and print a sign of it: jobs take up to three quarters of an hour. */
    @SuppressWarnings("SystemOut") // a program that a script starts
    public void add(String who, T attempt) {
        System.err.print('.');
        attempts.computeIfAbsent(who, key -> new ArrayList<>()).add(attempt);
    }

    /** Add one quantity of every candidate to the results. A candidate without the quantity returns NaN and is left out. */
    public void report(List<Result> results, String job, String what, ToDoubleFunction<T> value) {
        attempts.forEach((who, all) -> {
            double[] values = all.stream().mapToDouble(value).filter(each -> !Double.isNaN(each)).toArray();
            if (values.length > 0) {
                results.add(new Result(job, who, what, Series.of(values)));
            }
        });
    }
}
