package dev.kloset.benchmarks.measure;

import java.util.List;

/**
 * The results of one job.
 *
 * @param job the name of the job on the command line
 */
public record Measured(String job, Run run, List<Result> results) {

    public Measured {
        results = List.copyOf(results);
    }
}
