package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same tree restored by everybody in turn.
 *
 * @param perBytes whether the rate is of bytes, not of records
 */
record RestoreJob(String name, Path tree, boolean perBytes) {

    List<Result> run(List<Contestant> contestants, int runs) throws IOException, InterruptedException {
        Turns<Moved> turns = Turns.of(contestants, runs, who -> Restore.of(who, tree));
        List<Result> results = new ArrayList<>();
        Moved.report(turns, results, name, perBytes ? "" : "records");
        return results;
    }
}
