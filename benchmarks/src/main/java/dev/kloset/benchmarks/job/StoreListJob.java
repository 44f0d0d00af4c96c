package dev.kloset.benchmarks.job;

import dev.kloset.StorageResource;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.InterleavedRuns;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets every candidate in turn list one store with many objects.
 *
 * @param directory where to make the store, which stays there for the next time
 */
public record StoreListJob(Path directory, int states) {

    private static final int STATE_BYTES = 1000;
    private static final int AT_ONCE = 64;

    /**
     * {@return the results of every candidate}
     *
     * @param maker the candidate that fills the store
     */
    public List<Result> run(Candidate maker, List<Candidate> candidates, int runs)
            throws IOException, InterruptedException {
        Path made = make(maker);
        InterleavedRuns<Transfer> list = InterleavedRuns.of(candidates, runs, who -> {
            try (StoreWork work = StoreWork.open(who, made)) {
                return work.list(StorageResource.STATE, states);
            }
        });
        List<Result> results = new ArrayList<>();
        Transfer.report(list, results, String.format("list %,d states", states), "objects");
        return results;
    }

    private Path make(Candidate maker) throws IOException, InterruptedException {
        Path store = directory.resolve("store-" + states);
        Path done = directory.resolve("store-" + states + ".made");
        if (Files.exists(done)) {
            return store;
        }
        if (Files.exists(store)) {
            Trees.delete(store); // left by a run that was broken off
        }
        try (StoreWork work = StoreWork.create(maker, store)) {
            work.put(StorageResource.STATE, states, STATE_BYTES, AT_ONCE);
        }
        Files.createFile(done);
        return store;
    }
}
