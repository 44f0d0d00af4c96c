package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Series;
import dev.kloset.benchmarks.measure.Timed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what was measured, run by run. */
final class Figures {

    private record Key(String job, String candidate, String what) {}

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    /** Keep a figure, and print a point. */
    @SuppressWarnings("SystemOut") // a program that a script starts
    void add(String job, String candidate, String what, double value) {
        System.err.print('.');
        values.computeIfAbsent(new Key(job, candidate, what), _ -> new ArrayList<>()).add(value);
    }

    void took(String job, String candidate, Timed timed, double megabytes) {
        add(job, candidate, "s", timed.seconds());
        add(job, candidate, "MB/s", megabytes / timed.seconds());
        add(job, candidate, "processor s without the cluster", timed.processorSeconds());
    }

    /** {@return the figure's median} It must be there. */
    double median(String job, String candidate, String what) {
        List<Double> all = values.get(new Key(job, candidate, what));
        if (all == null) {
            throw new IllegalArgumentException("nothing was measured of " + job + ", " + candidate + ", " + what);
        }
        return new Series(all).median();
    }

    List<Result> results() {
        List<Result> results = new ArrayList<>();
        values.forEach((key, all) -> results.add(new Result(key.job(), key.candidate(), key.what(), new Series(all))));
        return results;
    }
}
