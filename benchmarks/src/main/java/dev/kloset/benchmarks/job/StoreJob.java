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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures what Plakar asks of a store, with every candidate in turn.
 *
 * @param directory where to make the stores, which are deleted afterwards
 * @param packfiles how many packfiles of 64 MiB to put and get
 * @param reads how many ranges to read
 * @param states how many small objects to put, list and delete
 */
public record StoreJob(Path directory, int packfiles, int reads, int states) {

    /** The number of pieces of work: put, get and ranges of packfiles, then put, list and delete of states. */
    static final int PIECES = 6;

    private static final int STATES_FROM = 3;
    private static final int PACKFILE_BYTES = 64 << 20;
    private static final int STATE_BYTES = 1000;
    private static final int PACKFILES_AT_ONCE = 2;
    private static final int READERS = 64;

    /** {@return the results of every candidate, driven by our host and, if there is one, by upstream's} */
    public List<Result> run(List<Candidate> candidates, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        List<InterleavedRuns<Transfer>> ours = turns();
        List<InterleavedRuns<Transfer>> upstreams = turns();
        for (int run = 0; run < runs; run++) {
            for (Candidate candidate : candidates) {
                add(ours, candidate, store -> byOurHost(candidate, store));
                if (goHost.isPresent()) {
                    add(upstreams, candidate, store -> goHost.get().storeBy(candidate, store, this));
                }
            }
        }
        List<Result> results = new ArrayList<>();
        report(ours, results, "");
        report(upstreams, results, ", driven by grpc-go");
        return results;
    }

    private static List<InterleavedRuns<Transfer>> turns() {
        return Stream.generate(InterleavedRuns<Transfer>::new).limit(PIECES).toList();
    }

    private void add(List<InterleavedRuns<Transfer>> interleaved, Candidate candidate,
            InterleavedRuns.Attempt<Path, List<Transfer>> attempt)
            throws IOException, InterruptedException {
        Path store = Files.createTempDirectory(directory, "store");
        try {
            List<Transfer> transfer = attempt.by(store.resolve("made"));
            for (int piece = 0; piece < PIECES; piece++) {
                interleaved.get(piece).add(candidate.name(), transfer.get(piece));
            }
        } finally {
            Trees.delete(store);
        }
    }

    private List<Transfer> byOurHost(Candidate candidate, Path store) throws IOException, InterruptedException {
        try (StoreWork work = StoreWork.create(candidate, store)) {
            return List.of(work.put(StorageResource.PACKFILE, packfiles, PACKFILE_BYTES, PACKFILES_AT_ONCE),
                    work.get(StorageResource.PACKFILE, packfiles, PACKFILES_AT_ONCE),
                    work.ranges(packfiles, PACKFILE_BYTES, reads, READERS),
                    work.put(StorageResource.STATE, states, STATE_BYTES, READERS),
                    work.list(StorageResource.STATE, states), work.delete(StorageResource.STATE, states, READERS));
        }
    }

    private void report(List<InterleavedRuns<Transfer>> interleaved, List<Result> results, String drivenBy) {
        String[] names = { "put packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time",
            "get packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time",
            "get ranges of 64 KiB to 4 MiB, " + READERS + " at a time",
            String.format("put %,d states of 1 kB, %d at a time", states, READERS),
            String.format("list %,d states", states),
            String.format("delete %,d states, %d at a time", states, READERS) };
        for (int piece = 0; piece < PIECES; piece++) {
            Transfer.report(interleaved.get(piece), results, names[piece] + drivenBy,
                    piece < STATES_FROM ? "" : "objects");
        }
    }
}
