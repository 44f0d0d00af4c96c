package dev.kloset.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects quantities of tasks that are done several times, in the order in which they first come. */
public final class Figures {

    private final Map<Quantity, List<Double>> values = new LinkedHashMap<>();

    private record Quantity(String job, String who, String what) {}

    /** Keep one value, and print a sign of it: jobs take up to three quarters of an hour. */
    @SuppressWarnings("SystemOut") // a program that a script starts
    public void add(String job, String who, String what, double value) {
        System.err.print('.');
        values.computeIfAbsent(new Quantity(job, who, what), _ -> new ArrayList<>()).add(value);
    }

    public List<Result> results() {
        List<Result> results = new ArrayList<>();
        values.forEach((of, all) -> results.add(new Result(of.job(), of.who(), of.what(), new Series(all))));
        return results;
    }
}
