package dev.kloset.benchmarks;

import java.util.List;

/**
 * The results of one job.
 *
 * @param job as it is named on the command line
 */
record Measured(String job, Run run, List<Result> results) {

    Measured {
        results = List.copyOf(results);
    }
}
