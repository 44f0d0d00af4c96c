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
 * Lets every candidate in turn import the same tree.
 *
 * @param readers how many contents are open at a time; zero opens none
 * @param perBytes whether the rate counts bytes rather than records
 */
public record ImportJob(String name, Path source, int readers, boolean perBytes, List<Baseline> limits) {

    public ImportJob {
        limits = List.copyOf(limits);
    }

    /** {@return the results of every candidate, driven by our host and, if there is one, by upstream's} */
    public List<Result> run(List<Candidate> candidates, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        InterleavedRuns<Transfer> ours = new InterleavedRuns<>();
        InterleavedRuns<Transfer> upstreams = new InterleavedRuns<>();
        for (int run = 0; run < runs; run++) {
            List<Transfer> round = new ArrayList<>();
            for (Candidate candidate : candidates) {
                Transfer transfer = Import.of(candidate, source, readers);
                ours.add(candidate.name(), transfer);
                round.add(transfer);
                if (goHost.isPresent()) {
                    Transfer upstream = goHost.get().importBy(candidate, source, readers);
                    upstreams.add(candidate.name(), upstream);
                    round.add(upstream);
                }
            }
            Transfer first = round.getFirst();
            for (Transfer transfer : round) {
                checkSame(first, transfer);
            }
            for (Baseline limit : limits) {
                ours.add(limit.name(), limit.run(first.items(), first.bytes()));
            }
        }
        List<Result> results = new ArrayList<>();
        Transfer.report(ours, results, name, perBytes ? "" : "records");
        Transfer.report(upstreams, results, name + ", driven by grpc-go", perBytes ? "" : "records");
        return results;
    }

    /** {@return the results of every candidate, driven by upstream's host or, if there is none, by ours} For imports that take long. */
    public List<Result> runOnce(List<Candidate> candidates, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        InterleavedRuns<Transfer> interleaved = InterleavedRuns.of(candidates, runs, who -> goHost.isPresent()
                ? goHost.get().importBy(who, source, readers)
                : Import.of(who, source, readers));
        List<Result> results = new ArrayList<>();
        Transfer.report(interleaved, results, name + (goHost.isPresent() ? ", driven by grpc-go" : ""),
                perBytes ? "" : "records");
        return results;
    }

    /** Fail if a candidate imports less: it must not win by that. */
    private static void checkSame(Transfer first, Transfer transfer) throws IOException {
        if (transfer.items() != first.items() || transfer.bytes() != first.bytes()) {
            throw new IOException("of one tree, one import had " + first.items() + " records with " + first.bytes()
                    + " bytes, another one " + transfer.items() + " with " + transfer.bytes());
        }
    }
}
