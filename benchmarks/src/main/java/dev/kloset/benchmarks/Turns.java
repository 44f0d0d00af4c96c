package dev.kloset.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The same done by everybody in turn, several times, so that what the machine does meanwhile hits all of them.
 *
 * @param <T> what one attempt took
 */
final class Turns<T> {

    private final Map<String, List<T>> attempts = new LinkedHashMap<>();

    /** One attempt by somebody. */
    interface Attempt<W, T> {
        T by(W who) throws IOException, InterruptedException;
    }

    static <T> Turns<T> of(List<Contestant> contestants, int runs, Attempt<Contestant, T> attempt)
            throws IOException, InterruptedException {
        Turns<T> turns = new Turns<>();
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : contestants) {
                turns.add(contestant.name(), attempt.by(contestant));
            }
        }
        return turns;
    }

    /** Keep an attempt, and show that it was made: jobs take up to three quarters of an hour. */
    @SuppressWarnings("SystemOut") // A program that is started by a script.
    void add(String who, T attempt) {
        System.err.print('.');
        attempts.computeIfAbsent(who, key -> new ArrayList<>()).add(attempt);
    }

    /** Write one quantity of everybody down; who has none says that it is not a number. */
    void report(List<Result> results, String job, String what, ToDoubleFunction<T> value) {
        attempts.forEach((who, all) -> {
            double[] values = all.stream().mapToDouble(value).filter(each -> !Double.isNaN(each)).toArray();
            if (values.length > 0) {
                results.add(new Result(job, who, what, Series.of(values)));
            }
        });
    }
}
