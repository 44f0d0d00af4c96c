package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.InterleavedRuns;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets every candidate in turn restore the same tree.
 *
 * @param perBytes whether the rate counts bytes rather than records
 */
public record RestoreJob(String name, Path tree, boolean perBytes) {

    /** {@return the results of every candidate, driven by our host and, if there is one, by upstream's} */
    public List<Result> run(List<Candidate> candidates, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        InterleavedRuns<Transfer> ours = new InterleavedRuns<>();
        InterleavedRuns<Transfer> upstreams = new InterleavedRuns<>();
        for (int run = 0; run < runs; run++) {
            Transfer transfer = Transfer.NOTHING;
            for (Candidate candidate : candidates) {
                transfer = Restore.of(candidate, tree);
                ours.add(candidate.name(), transfer);
                if (goHost.isPresent()) {
                    upstreams.add(candidate.name(), goHost.get().exportBy(candidate, tree));
                }
            }
            for (Baseline limit : List.of(Baseline.copy(tree), Baseline.copyAndSync(tree))) {
                ours.add(limit.name(), limit.run(transfer.items(), transfer.bytes()));
            }
        }
        List<Result> results = new ArrayList<>();
        Transfer.report(ours, results, name, perBytes ? "" : "records");
        Transfer.report(upstreams, results, name + ", driven by grpc-go", perBytes ? "" : "records");
        return results;
    }
}
