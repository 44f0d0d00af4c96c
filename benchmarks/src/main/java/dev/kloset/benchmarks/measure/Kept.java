package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.util.List;

/** Keeps what a long job has measured so far, in case that its remainder fails. */
@FunctionalInterface
public interface Kept {

    /** Keep these results instead of those that the job had before. */
    void keep(List<Result> results) throws IOException;
}
