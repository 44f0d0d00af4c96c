package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same tree imported by everybody in turn.
 *
 * @param readers how many contents are open at a time; zero: none is opened
 * @param perBytes whether the rate is of bytes, not of records
 */
record ImportJob(String name, Path source, int readers, boolean perBytes) {

    List<Result> run(List<Contestant> contestants, int runs) throws IOException, InterruptedException {
        Turns<Moved> turns = Turns.of(contestants, runs, who -> Import.of(who, source, readers));
        List<Result> results = new ArrayList<>();
        Moved.report(turns, results, name, perBytes ? "" : "records");
        return results;
    }
}
